import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("Signals between a script and its servers")
struct SignalTests {
    private static let server = """
        server mx smtp on 127.0.0.1:auto {
            on noop => await go 250 "went"
            on rset => signal arrived 250
        }

        """

    @Test("hold a reply until the script lets it go")
    func serverAwaits() throws {
        let run = try play(
            servers: Self.server,
            test: """
                start mx
                parallel {
                    step "asks" {
                        connect smtp ${mx.address}
                        noop => 250
                        expect reply.took >= 2s
                    }
                    step "lets go" {
                        pause 3s
                        signal go
                    }
                }
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("stay given, and work in both directions")
    func clientAwaits() throws {
        let run = try play(
            servers: Self.server,
            test: """
                start mx
                connect smtp ${mx.address}
                signal go
                noop => 250
                rset
                await arrived within 1s
                await arrived
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.seconds < 1)
    }

    @Test("that nobody gives end in a reason that names both sides")
    func deadlock() throws {
        let run = try play(
            servers: Self.server,
            test: """
                start mx
                connect smtp ${mx.address}
                send NOOP
                await arrived within 2s
                """
        )
        #expect(run.reason == "time.signal")
        #expect(run.notes.contains("nobody gave the signal ‘arrived’"), "\(run.notes)")
        #expect(run.notes.contains("server mx"), "\(run.notes)")
        #expect(run.notes.contains("awaits the signal ‘go’"), "\(run.notes)")
        #expect(run.seconds < 4)
    }

    @Test("that a server awaits too long are told by the server, with the place of the test")
    func serverTimeout() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:auto {
                    on noop => await go within 2s 250
                }

                """,
            test: "start mx\nconnect smtp ${mx.address}\nnoop => closed"
        )
        #expect(run.verdict == .fail)
        #expect(run.reason == "time.signal")
        #expect(run.notes.contains("the test stands at"), "\(run.notes)")
        #expect(run.message?.contains("connection 1 of the scripted server mx") == true)
    }

    @Test("are named when a reply does not come for want of one")
    func reply() throws {
        let run = try play(
            servers: Self.server,
            test: "start mx\nconnect smtp ${mx.address}\nnoop => 250 within 1s"
        )
        #expect(run.reason == "smtp.reply.timeout")
        #expect(run.notes.contains("awaits the signal ‘go’"), "\(run.notes)")
    }
}
