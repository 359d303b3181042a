import ParleyNetwork
import Testing

/// What code above the seam may rely on, whichever network is below it.
@Suite struct TransportContractTests {
    @Test("What is sent comes back", arguments: NetworkUnderTest.allCases)
    func echo(network: NetworkUnderTest) async throws {
        try await network.meet { _, listener, client, finish in
            client.onConnected = { transport in
                #expect(transport.remoteEndpoint == listener.endpoint)
                #expect(transport.localEndpoint?.port != 0)
                transport.write(Array("EHLO client.example\r\n".utf8))
            }
            client.onReceived = { _ in
                guard client.text == "EHLO client.example\r\n" else { return }
                #expect(client.transport?.pendingBytes == 0)
                client.transport?.finishWriting()
            }
            client.onClosed = { _ in
                #expect(client.events == [.connected, .inputEnded, .closed(nil)])
                finish()
            }
        }
    }

    @Test(
        "A greeting written while accepting arrives after the connection",
        arguments: NetworkUnderTest.allCases
    )
    func greeting(network: NetworkUnderTest) async throws {
        try await network.meet { _, transport in
            transport.write(Array("220 ready\r\n".utf8))
            transport.closeAfterWriting()
            return Recorder(transport)
        } with: { _, _, client, finish in
            client.onReceived = { _ in #expect(client.events == [.connected]) }
            client.onInputEnded = { client.transport?.close() }
            client.onClosed = { error in
                #expect(error == nil)
                #expect(client.text == "220 ready\r\n")
                finish()
            }
        }
    }

    @Test(
        "What is written before the connection is made is sent once it is",
        arguments: NetworkUnderTest.allCases
    )
    func earlyWrite(network: NetworkUnderTest) async throws {
        try await network.meet { stage, listener, client, finish in
            client.onClosed = { _ in
                #expect(client.text == "early")
                finish()
            }
            let transport = stage.connect(listener.endpoint, client)
            transport.write(Array("early".utf8))
            transport.finishWriting()
            #expect(client.events.isEmpty)
        }
    }

    @Test(
        "After a half close the other direction still works",
        arguments: NetworkUnderTest.allCases
    )
    func halfClose(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let ends = Countdown(2, finish)
            let listener = try stage.listen { transport in
                let server = Recorder(transport)
                server.onInputEnded = {
                    #expect(server.text == "question")
                    server.transport?.write(Array("answer".utf8))
                    stage.after(.milliseconds(20)) { server.transport?.finishWriting() }
                }
                server.onClosed = { error in
                    #expect(error == nil)
                    ends.count()
                }
                return server
            }
            let client = Recorder()
            client.onConnected = {
                $0.write(Array("question".utf8))
                $0.finishWriting()
                $0.write(Array("ignored".utf8))
            }
            client.onClosed = { _ in
                #expect(client.text == "answer")
                #expect(client.events == [.connected, .inputEnded, .closed(nil)])
                ends.count()
            }
            stage.connect(listener.endpoint, client)
        }
    }

    @Test(
        "Nobody listening is refused, and not before connect returns",
        arguments: NetworkUnderTest.allCases
    )
    func refused(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let listener = try stage.listen(accept: Recorder.echo)
            listener.close()
            stage.after(.milliseconds(20)) {
                let client = Recorder()
                client.onClosed = { error in
                    #expect(client.events == [.closed(.refused)])
                    #expect(error?.detail.contains("Connection refused") == true)
                    finish()
                }
                stage.connect(listener.endpoint, client)
                #expect(client.events.isEmpty)
            }
        }
    }

    @Test("A reset is told from an orderly close", arguments: NetworkUnderTest.allCases)
    func reset(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let ends = Countdown(2, finish)
            let listener = try stage.listen { transport in
                let server = Recorder(transport)
                server.onReceived = { _ in server.transport?.reset() }
                server.onClosed = { error in
                    #expect(error == nil)
                    ends.count()
                }
                return server
            }
            let client = Recorder()
            client.onConnected = { $0.write(Array("x".utf8)) }
            client.onClosed = { _ in
                #expect(client.events == [.connected, .closed(.reset)])
                ends.count()
            }
            stage.connect(listener.endpoint, client)
        }
    }

    @Test("Writing to a peer that is gone ends in a reset", arguments: NetworkUnderTest.allCases)
    func writeToTheGone(network: NetworkUnderTest) async throws {
        try await network.meet { stage, transport in
            stage.after(.milliseconds(10)) { transport.close() }
            return Recorder(transport)
        } with: { stage, _, client, finish in
            func keepWriting() {
                client.transport?.write([UInt8](repeating: 0x78, count: 1000))
                if client.transport != nil { stage.after(.milliseconds(5), keepWriting) }
            }
            client.onInputEnded = keepWriting
            client.onClosed = { _ in
                #expect(client.events == [.connected, .inputEnded, .closed(.reset)])
                finish()
            }
        }
    }

    @Test(
        "A peer that does not read makes bytes pend, and reading takes them off",
        arguments: [NetworkUnderTest.system, .simulated, .simulatedCoalesced]
    )
    func backPressure(network: NetworkUnderTest) async throws {
        // A real socket's buffers hold megabytes, a simulated one's 64 KiB.
        let size = network == .system ? 8_000_000 : 80_000
        try await network.run { stage, finish in
            let server = Recorder()
            let listener = try stage.listen { transport in
                server.transport = transport
                transport.setReading(false)
                return server
            }
            let client = Recorder()
            client.onConnected = { transport in
                let block = [UInt8](repeating: 0x61, count: size / 4)
                for _ in 0..<4 { transport.write(block) }
                let pending = transport.pendingBytes
                #expect(pending > 0)
                stage.after(.milliseconds(50)) {
                    #expect(transport.pendingBytes > 0)
                    #expect(server.bytes.isEmpty)
                    transport.closeAfterWriting()
                    server.transport?.setReading(true)
                }
            }
            client.onClosed = { error in #expect(error == nil) }
            server.onInputEnded = {
                #expect(server.bytes.count == size)
                finish()
            }
            stage.connect(listener.endpoint, client)
        }
    }

    @Test(
        "While reading is off nothing is heard, not even the end",
        arguments: NetworkUnderTest.allCases
    )
    func pausedEnd(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let listener = try stage.listen { transport in
                transport.write(Array("bye".utf8))
                transport.finishWriting()
                return Recorder(transport)
            }
            let client = Recorder()
            client.onConnected = { $0.setReading(false) }
            client.onInputEnded = {
                #expect(client.text == "bye")
                client.transport?.close()
            }
            client.onClosed = { _ in finish() }
            stage.connect(listener.endpoint, client)
            stage.after(.milliseconds(50)) {
                #expect(client.events == [.connected])
                #expect(client.bytes.isEmpty)
                client.transport?.setReading(true)
            }
        }
    }
}

/// Calls something when it has been counted down.
final class Countdown {
    private var left: Int
    private let done: () -> Void

    init(_ count: Int, _ done: @escaping () -> Void) {
        left = count
        self.done = done
    }

    func count() {
        left -= 1
        if left == 0 { done() }
    }
}
