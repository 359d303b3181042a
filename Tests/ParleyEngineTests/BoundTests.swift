import ParleyMachine
import ParleyTesting
import Testing

@testable import ParleyEngine

@Suite("What a run keeps")
struct BoundTests {
    @Test("of a dialogue is its end, however long one reply is")
    func transcript() {
        var transcript = Transcript()
        let pass = Array("hunter2".utf8)
        var octets = [UInt8](repeating: 0x78, count: 1 << 20) + pass
        let secret = (octets.count - pass.count)..<octets.count
        octets += Array("end\r\n".utf8)
        transcript.append(.server, octets, secrets: [0..<10, secret], at: 0)
        let lines = transcript.lines(scrubbedBy: Redactor(secrets: []))
        #expect(lines.count == 1)
        let text = String(decoding: lines[0].text, as: UTF8.self)
        #expect(text.hasSuffix("x‹secret›end"))
        #expect(text.utf8.count <= Transcript.octetLimit + 20)
    }

    @Test("to send many times over is made as it goes")
    func output() {
        var queue = OutputQueue()
        queue.append(Array("abc".utf8), times: 1_000_000_000_000)
        #expect(queue.take(7) == Array("abcabca".utf8))
        #expect(queue.take(3) == Array("bca".utf8))
        queue = OutputQueue()
        queue.append(Array("ab".utf8), times: 2)
        queue.append([])
        queue.append(Array("c".utf8))
        #expect(queue.take(3) == Array("aba".utf8))
        #expect(!queue.isEmpty)
        #expect(queue.take(9) == Array("bc".utf8))
        #expect(queue.isEmpty)
    }

    @Test("counts the words that a peer invents up to a bound")
    func words() throws {
        let run = try play(
            servers: "server mx tcp on 127.0.0.1:25 {\n}",
            test: """
                start mx
                connect tcp ${mx.address}
                for n in range(1, 3000) {
                    send word${n} x
                }
                pause 1s
                expect mx.log count word1 == 1
                expect mx.log count word3000 == 0
                """
        )
        #expect(run.verdict == .pass, "\(run.findings.prefix(2))")
    }

    @Test("of what a server dribbles is what is due, and it can be left at any time")
    func dribble() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:25 {
                    on noop => raw "250-again\\r\\n" repeat 1000000 dribble 11B every 100ms
                }
                """,
            test: "start mx\\nconnect smtp ${mx.address}\\nnoop within 3s"
                .replacing("\\n", with: "\n")
        )
        #expect(run.reason == "smtp.reply.timeout")
        #expect(run.seconds < 4)
    }

    @Test("of a search on the loop is 64 KiB; what is longer is searched beside it")
    func search() throws {
        func run(_ blocks: Int, _ tail: String = "END\\r\\n", _ after: String = "")
            throws -> (Outcome, Int)
        {
            let network = SimulatedNetwork(seed: 1)
            let block = String(repeating: "x", count: 8192)
            let lines = (0..<blocks).map { _ in "greet => raw \"\(block)\"" }
            let server =
                "server mx tcp on 127.0.0.1:25 {\n"
                + "on line /^GO/ => "
                + lines.map { $0.dropFirst("greet => ".count) }.joined(separator: " ")
                + " raw \"\(tail)\"\n}"
            let outcome = try play(
                servers: server,
                test: """
                    start mx
                    connect tcp ${mx.address}
                    send GO
                    receive until /END\\r\\n/ within 5s as all
                    log "${len(all)}"
                    \(after)
                    """,
                on: network
            )
            return (outcome, network.loop.offloadCount)
        }
        let (short, none) = try run(4)
        #expect(short.verdict == .pass, "\(short.findings)")
        #expect(short.logged == ["\(4 * 8192 + 5)"])
        let (long, some) = try run(40, "END\\r\\nmore\\r\\n", "receive line => matching /^more$/")
        #expect(long.verdict == .pass, "\(long.findings)")
        #expect(long.logged == ["\(40 * 8192 + 5)"])
        #expect(some > none)
        let (never, _) = try run(40, "no end")
        #expect(never.reason?.hasSuffix("timeout") == true, "\(never.findings)")
        #expect(never.seconds < 7)
        let (closed, _) = try run(40, "no end\" drop raw \"")
        #expect(closed.reason == "net.closed", "\(closed.findings)")
    }
}
