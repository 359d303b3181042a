import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleySyntax
import ParleyWire
import Testing

/// A conversation that goes on piece by piece, over a real loopback.
@Suite struct LiveRunTests {
    /// What a person at the prompt does.
    private final class Talk {
        let run: LiveRun
        let sink = RecordingSink()
        private let checker = InteractiveChecker(registry: Protocols.registry) { _, _ in
            .failure(LoadFailure("no files here"))
        }
        private var pieces = 0

        init() async {
            run = await LiveRun(
                network: LiveRunTests.network,
                sink: sink,
                options: RunOptions(),
                path: "talk.parley"
            )
        }

        /// Says something that passes its checks.
        func say(_ text: String) async throws -> LiveOutcome {
            let (piece, diagnostics) = check(text)
            let rendered = DiagnosticRenderer().render(diagnostics)
            let checked = try #require(piece, "\(rendered)")
            return await run.run(LivePiece(checked, result: checker.variable(named: "it")))
        }

        func check(
            _ text: String
        ) -> (piece: InteractiveChecker.Piece?, diagnostics: [Diagnostic]) {
            pieces += 1
            let (tree, problems) = Parser.parse(SourceText(name: "piece \(pieces)", text + "\n"))
            let (piece, found) = checker.check(tree)
            return (problems.isEmpty ? piece : nil, problems + found)
        }

        func takeBack() { checker.takeBack() }
    }

    private static let network = SystemNetwork(loopCount: 1)

    private static let server = """
        server mx smtp on 127.0.0.1:auto {
            on ehlo => 250 "mx.test" offers [SIZE 1000]
            on rcpt /^no/ => 550 5.1.1 "no"
        }
        """

    @Test func `values, sessions and servers outlive a piece`() async throws {
        let talk = await Talk()
        #expect(try await talk.say(Self.server).verdict == .pass)
        #expect(try await talk.say("start mx").verdict == .pass)
        let connected = try await talk.say("connect smtp ${mx.address} => 220")
        #expect(connected.verdict == .pass, "\(connected.findings)")
        #expect(connected.sessions.first?.state == "greeted")
        #expect(try await talk.say("ehlo probe.test\nmail a@test").verdict == .pass)
        #expect(try await talk.say("let name = \"a\"").verdict == .pass)
        let refused = try await talk.say("rcpt no@${name}.test => 250")
        #expect(refused.verdict == .fail && refused.findings.first?.reason == "smtp.reply")
        #expect(refused.dialogues.count == 1)
        let value = try await talk.say("let it = reply.code")
        guard case .code(550)? = value.value else {
            Issue.record("\(String(describing: value.value))")
            return
        }
        let done = try await talk.say("rcpt yes@test => 250")
        #expect(done.verdict == .pass && done.sessions.first?.isOpen == true)
        #expect(done.sessions.first?.capabilities != nil)
        await talk.run.close()
        let farewells = talk.sink.events.filter { event in
            if case .sent(_, let octets) = event.kind {
                octets == Array("QUIT\r\n".utf8)
            } else {
                false
            }
        }
        #expect(farewells.count == 1)
    }

    @Test func `a name may be bound again, and an error binds nothing`() async throws {
        let talk = await Talk()
        _ = try await talk.say("let it = 1")
        #expect(talk.check("let it = 2\nlet b = unknown-name").piece == nil)
        #expect(talk.check("log \"${b}\"").piece == nil)
        let again = try await talk.say("let it = 3")
        guard case .int(3)? = again.value else {
            Issue.record("\(String(describing: again.value))")
            return
        }
        await talk.run.close()
    }

    @Test func `a connection that was refused is taken back`() async throws {
        let talk = await Talk()
        let refused = try await talk.say("connect smtp 127.0.0.1:1 as box")
        #expect(refused.findings.first?.reason == "net.refused")
        talk.takeBack()
        #expect(talk.check("box: ehlo probe.test").piece == nil)
        _ = try await talk.say("\(Self.server)\nstart mx\nconnect smtp ${mx.address} as box")
        #expect(try await talk.say("box: ehlo probe.test").verdict == .pass)
        await talk.run.close()
    }

    @Test func `an interrupt ends what is awaited, not the conversation`() async throws {
        let talk = await Talk()
        _ = try await talk.say(
            """
            server slow smtp on 127.0.0.1:auto {
                on ehlo => stall
            }
            start slow
            connect smtp ${slow.address}
            """
        )
        let (checked, _) = talk.check("ehlo probe.test")
        let piece = try #require(checked)
        let run = talk.run
        async let outcome = run.run(LivePiece(piece))
        let interrupting = Task { [run] in
            while !Task.isCancelled {
                run.interrupt()
                await Task.yield()
            }
        }
        let ended = await outcome
        interrupting.cancel()
        #expect(ended.findings.first?.reason == "run.interrupted")
        #expect(ended.sessions.first?.isOpen == false)
        #expect(try await talk.say("let it = 4").verdict == .pass)
        await talk.run.close()
    }

    @Test func `a secret that is declared never shows`() async throws {
        let talk = await Talk()
        let missing = try await talk.say("secret pass = env PARLEY_NO_SUCH_VARIABLE")
        #expect(missing.findings.first?.reason == "script.name")
        await talk.run.close()
    }
}
