import ParleyDiagnostics
import ParleySemantics
import Testing

@Suite struct FileTests {
    @Test func aUsedFileGivesItsNames() throws {
        let (program, diagnostics) = check(
            """
            use "lib.parley" with host = mx.test
            test "t" {
                start grey
                do hello()
                expect limit > 5s
            }
            """,
            files: [
                "lib.parley": """
                param host
                let limit = 10s
                server grey smtp on 127.0.0.1:auto {
                    on rcpt => 250 "${host}"
                }
                dialogue hello() {
                    connect smtp ${host}
                }
                test "not run" {
                    nonsense
                }
                """
            ]
        )
        #expect(diagnostics.map(\.message) == [])
        #expect(program?.tests.count == 1)
        #expect(program?.servers.count == 1)
        #expect(program?.sources.map(\.name) == ["test.parley", "lib.parley"])
        guard case .constant(.string("mx.test"))? = program?.parameters.first?.initial?.form else {
            Issue.record("`with` sets the parameter")
            return
        }
    }

    @Test func aCircleOfFilesIsRefused() {
        let found = codes(
            "use \"a.parley\"",
            files: ["a.parley": "use \"b.parley\"", "b.parley": "use \"a.parley\""]
        )
        #expect(found == ["script.name.circle@1"])
    }

    @Test func profilesSetParameters() throws {
        let (program, diagnostics) = check(
            """
            param host = a.test
            param wait: duration = 5s
            profile slow {
                wait = 50s
            }
            test "t" {
                connect smtp ${host} within ${wait}
            }
            """
        )
        #expect(diagnostics.map(\.message) == [])
        let parameter = try #require(program?.parameters.last)
        guard case .constant(.duration(50_000_000_000))? = parameter.profiles["slow"]?.form else {
            Issue.record("the profile's value is a duration")
            return
        }
    }

    @Test func theTimeoutsOfTheStandardAreKnown() {
        let limits = check("timeouts rfc5321\n").program?.limits
        #expect(limits?.greeting == 300_000_000_000)
        #expect(limits?.replies["data"] == 120_000_000_000)
        #expect(limits?.replies["body"] == 600_000_000_000)
    }

    @Test func casesBindTheNextTestOnly() throws {
        let (program, diagnostics) = check(
            """
            cases row in csv("x.csv")
            test "first ${row.user}" {
                log row.user
            }
            test "second" {
                log "x"
            }
            """
        )
        #expect(diagnostics.map(\.message) == [])
        let tests = try #require(program?.tests)
        #expect(tests[0].cases?.variable.kind == .map(.string))
        #expect(tests[0].titleTemplate == "first ${row.user}")
        #expect(tests[1].cases == nil)
    }
}
