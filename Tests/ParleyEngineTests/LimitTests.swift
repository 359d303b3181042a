import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("A server that sends too much")
struct LimitTests {
    private static let flood = """
        server mx smtp on 127.0.0.1:25 {
            on ehlo => raw "250-again\\r\\n" repeat 1000000
            on helo => 250 "mx"
            on noop => raw "250 " raw "x" repeat 1000000 raw "\\r\\n"
            on rset => raw "250-${"x"}\\r\\n" repeat 300 raw "250 ok\\r\\n"
        }
        """

    private func octetsReceived(_ run: Outcome) -> Int {
        run.events.reduce(0) { sum, event in
            if case .received(_, let octets) = event.kind { sum + octets.count } else { sum }
        }
    }

    @Test("is stopped at the lines of a reply")
    func endless() throws {
        let run = try play(
            servers: Self.flood,
            test: "start mx\nconnect smtp ${mx.address}\nehlo probe.test"
        )
        #expect(run.reason == "limit.reply")
        #expect(run.stage == "EHLO")
        #expect(run.seconds < 1)
        #expect(octetsReceived(run) < 128 << 10)
    }

    @Test("is stopped at the length of a line")
    func longLine() throws {
        let run = try play(
            servers: Self.flood,
            test: "start mx\nconnect smtp ${mx.address}\nhelo probe.test\nnoop"
        )
        #expect(run.reason == "limit.line")
        #expect(run.stage == "NOOP")
        let dialogue = run.results.first?.dialogues.values.first
        let shown = dialogue?.lines.reduce(0) { $0 + $1.text.count } ?? 0
        #expect(shown > 0 && shown < 64 << 10)
        for finding in run.findings {
            #expect(finding.notes.allSatisfy { $0.utf8.count < 1024 })
        }
    }

    @Test("is given the limits that the script sets")
    func overridden() throws {
        let wide = try play(
            servers: "defaults {\n lines = 400\n}\n" + Self.flood,
            test: "start mx\nconnect smtp ${mx.address}\nhelo probe.test\nrset"
        )
        #expect(wide.verdict == .pass, "\(wide.findings)")
        let narrow = try play(
            servers: Self.flood,
            test: "start mx\nconnect smtp ${mx.address}\nhelo probe.test\nrset"
        )
        #expect(narrow.reason == "limit.reply")
    }

    @Test("is stopped at what one session may bring")
    func session() throws {
        let servers = """
            defaults {
                session = 1MB
            }
            server mx smtp on 127.0.0.1:25 {
                on noop => raw "250-\(String(repeating: "x", count: 900))\\r\\n" repeat 50 raw "250 ok\\r\\n"
            }
            """
        let run = try play(
            servers: servers,
            test: "start mx\nconnect smtp ${mx.address}\nhelo probe.test\nrepeat 100 {\n noop\n}"
        )
        #expect(run.reason == "limit.session")
        #expect(run.stage == "NOOP")
        #expect(run.message == "the server sent more than 1048576 octets in one session")
    }

    @Test("is stopped at sixteen megabytes where the script says nothing")
    func sessionDefault() throws {
        let run = try play(
            servers: """
                server mx tcp on 127.0.0.1:25 {
                    greet => raw "\(String(repeating: "x", count: 1000))" repeat 20000
                }
                """,
            test: """
                start mx
                connect tcp ${mx.address}
                repeat 100000 {
                    receive bytes 4000
                }
                """
        )
        #expect(run.reason == "limit.session", "\(run.findings)")
    }

    @Test("between commands is stopped as well")
    func between() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:25 {
                    on noop => 250 "ok" raw "\(String(repeating: "y", count: 1000))" repeat 20000
                }
                """,
            test: "start mx\nconnect smtp ${mx.address}\nhelo probe.test\nnoop\npause 20s\nnoop"
        )
        #expect(run.verdict == .fail)
        #expect(
            ["limit.session", "smtp.reply.unsolicited", "smtp.closed"].contains(run.reason),
            "\(run.findings)"
        )
    }

    @Test("is bounded while `receive until` looks for what never comes")
    func until() throws {
        let run = try play(
            servers: """
                server mx tcp on 127.0.0.1:25 {
                    greet => raw "\(String(repeating: "a", count: 1000))" repeat 20000
                }
                """,
            test: """
                start mx
                connect tcp ${mx.address}
                receive until /(a+)+$b/ within 10s
                """
        )
        #expect(run.verdict == .fail)
        #expect(run.reason?.hasPrefix("limit.") == true, "\(run.findings)")
    }
}
