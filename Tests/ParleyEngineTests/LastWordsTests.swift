import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleyTesting
import Testing

@Suite("What a peer says before it leaves")
struct LastWordsTests {
    private func play(_ protocolName: String, saying text: String, _ test: String) throws -> Outcome
    {
        let network = SimulatedNetwork(seed: 1)
        let server = try RawServer(on: network) { transport in
            transport.write(Array(text.utf8))
            transport.closeAfterWriting()
        }
        defer { _ = server }
        return try ParleyEngineTests.play(
            servers: "",
            test: "connect \(protocolName) 127.0.0.1:25\n" + test,
            on: network
        )
    }

    @Test("is received after a pause, and its end after that")
    func pause() throws {
        let run = try play(
            "tcp",
            saying: "one\r\ntwo\r\nhalf",
            """
            pause 1s
            receive line as first
            expect first == "one"
            receive line as second
            expect second == "two"
            receive bytes 4 as third
            expect len(third) == 4
            receive line => closed
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("is told as closed where it is not whole")
    func half() throws {
        let run = try play("tcp", saying: "half", "pause 1s\nreceive line")
        #expect(run.reason == "net.closed")
        #expect(run.stage == "receive")
        #expect(run.notes.contains("half"))
    }

    @Test("is shown as whole lines but for the last one, where no reply came of it")
    func lines() throws {
        let run = try play("smtp", saying: "220 mx\r\n250-one\r\n250-tw", "ehlo probe.test")
        let lines = run.results.first?.dialogues.values.first?.lines ?? []
        let said = lines.filter { $0.speaker == .server }
        let texts = said.map { String(decoding: $0.text, as: UTF8.self) }
        #expect(texts == ["220 mx", "250-one", "250-tw"], "\(run.findings)")
        #expect(said.map(\.isComplete) == [true, true, false])
    }

    @Test("answers what `send` sent, although it has closed since")
    func owing() throws {
        let run = try ParleyEngineTests.play(
            servers: "server mx smtp on 127.0.0.1:25 {\n on noop => 250 \"last\" drop\n}",
            test: """
                start mx
                connect smtp ${mx.address}
                send NOOP
                pause 1s
                receive reply as r => 250
                expect r.text == "last"
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }
}
