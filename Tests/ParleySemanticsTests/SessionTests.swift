import ParleyDiagnostics
import ParleySemantics
import ParleyVerbs
import Testing

@Suite struct SessionTests {
    @Test func aBareVerbSpeaksOnTheSessionOpenedLast() throws {
        let verbs = try verbs(
            """
            connect smtp a.test as a
            connect smtp b.test as b
            rset
            a: rset
            noop
            b: close
            noop
            """
        )
        #expect(verbs == ["rset b", "rset a", "noop b", "noop a"])
    }

    @Test func aBlockClosesItsSessionsAndRestoresTheCurrentOne() throws {
        let statements = try body(
            """
            connect smtp a.test as a
            repeat 2 {
                connect smtp b.test as b
                rset
            }
            noop
            """
        )
        guard case .repetition(_, _, let block) = statements[1].kind,
            case .verb(let noop) = statements[2].kind
        else {
            Issue.record("unexpected statements")
            return
        }
        #expect(block.sessions.map(\.label) == ["b"])
        #expect(noop.session.label == "a")
    }

    @Test func aDialogueSpeaksOnTheCallersSessionAndLeavesItsOwnBehind() throws {
        let (program, diagnostics) = check(
            """
            dialogue hello(name) {
                ehlo ${name}
            }
            dialogue open() {
                connect smtp b.test as box
            }
            test "t" {
                connect smtp a.test
                do hello("x.test")
                do open()
                box: rset
            }
            """
        )
        #expect(diagnostics.map(\.message) == [])
        let test = try #require(program?.tests.first)
        #expect(test.body.sessions.map(\.label) == ["smtp", "box"])
        guard case .block(let call) = test.body.statements[1].kind,
            case .verb(let ehlo) = call.statements[1].kind
        else {
            Issue.record("the dialogue is written out")
            return
        }
        #expect(ehlo.session.index == 0)
    }

    @Test func aDialogueIsWrongWhereItIsDoneOnAnotherProtocol() {
        let (_, diagnostics) = check(
            """
            dialogue hello() {
                ehlo x.test
            }
            test "t" {
                connect tcp a.test:1
                do hello()
            }
            """
        )
        #expect(diagnostics.map(\.code) == ["script.verb.protocol"])
        #expect(diagnostics.first?.secondary.first?.text == "‘hello’ is done here")
    }

    @Test func aSessionCanBeHandedToADialogue() {
        let found = codes(
            """
            dialogue hello(s: session) {
                s: ehlo x.test
            }
            test "t" {
                connect smtp a.test as a
                connect smtp b.test as b
                do hello(a)
            }
            """
        )
        #expect(found == [])
    }

    @Test func hooksRunInEveryTest() throws {
        let (program, diagnostics) = check(
            """
            before each {
                connect smtp a.test as a
            }
            after each {
                a: quit
            }
            test "one" {
                rset
            }
            test "two" {
                a: rset
            }
            """
        )
        #expect(diagnostics.map(\.message) == [])
        for test in try #require(program).tests {
            #expect(test.body.statements.count == 2)
            #expect(test.body.finally?.count == 1)
            #expect(test.body.sessions.map(\.label) == ["a"])
        }
    }

    private func verbs(_ text: String) throws -> [String] {
        try body(text).compactMap { statement in
            guard case .verb(let verb) = statement.kind else { return nil }
            return "\(verb.spec.name) \(verb.session.label)"
        }
    }
}
