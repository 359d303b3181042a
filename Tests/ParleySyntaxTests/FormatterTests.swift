import ParleyDiagnostics
import ParleySyntax
import Testing

@Suite struct FormatterTests {
    @Test(arguments: scripts(in: "valid"))
    func `formatting a valid script keeps its tree, and a second time changes nothing`(
        _ name: String
    ) throws {
        assertFormat(try script(name, in: "valid"))
    }

    @Test func `spaces, indentation, blank lines and arrows follow the one style`() {
        let written = """


            param   host=mail.test
            let  x=[ 1,2 , -3 ]
            test "a"   tags [ x,y ]{

              connect smtp ${ host }:25   =>   220
              ehlo probe.test => 250 # hello
                require not(x==1  or x ==  -2)


                # note
              message m {
                text \"""
                   a
                     b

                   \"""
              }
              if x[0]+1 > 2 {
              quit
              }else{
              noop => 250
              }

            }
            """
        let (tree, diagnostics) = Parser.parse(SourceText(name: "x", written))
        #expect(diagnostics.map(\.message) == [])
        let expected = """
            param host = mail.test
            let x = [1, 2, -3]
            test "a" tags [x, y] {
                connect smtp ${host}:25 => 220
                ehlo probe.test         => 250 # hello
                require not (x == 1 or x == -2)

                # note
                message m {
                    text \"""
                        a
                          b

                        \"""
                }
                if x[0] + 1 > 2 {
                    quit
                } else {
                    noop => 250
                }
            }

            """
        #expect(Formatter.format(tree) == expected)
    }

    @Test func `a line with an error stays as it is`() {
        let written = "test \"a\" {\n  ehlo   x   =>  250\n  expect   x  =  1\n}\n"
        let (tree, _) = Parser.parse(SourceText(name: "x", written))
        let expected = "test \"a\" {\n  ehlo x => 250\n  expect   x  =  1\n}\n"
        #expect(Formatter.format(tree) == expected)
    }
}

/// Checks that formatting changes no tree and nothing the second time.
func assertFormat(_ source: SourceText, sourceLocation: SourceLocation = #_sourceLocation) {
    let (tree, _) = Parser.parse(source)
    guard String(validating: source.bytes, as: UTF8.self) != nil else { return }
    let once = Formatter.format(tree)
    let (again, _) = Parser.parse(SourceText(name: source.name, once))
    let twice = Formatter.format(again)
    if once != twice {
        Issue.record(
            """
            formatting \(source.name) again changes it:
            \(source.text(SourceRange(0, source.bytes.count)).debugDescription)
            \(once.debugDescription)
            --- becomes
            \(twice.debugDescription)
            """,
            sourceLocation: sourceLocation
        )
    }
    let (before, after) = (treeText(tree), treeText(again))
    if before != after {
        Issue.record(
            "formatting \(source.name) changes its tree:\n\(once)\n\(before)\n---\n\(after)",
            sourceLocation: sourceLocation
        )
    }
}
