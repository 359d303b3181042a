import ParleyNetwork
import Testing

/// Closing at any moment: the end is heard once, and nothing after it.
@Suite struct CloseContractTests {
    enum Moment: CaseIterable, Sendable {
        case connecting
        case connected
        case received
        case inputEnded
    }

    @Test(
        "Closing in a callback ends the connection once",
        arguments: NetworkUnderTest.allCases,
        Moment.allCases
    )
    func closeInCallback(network: NetworkUnderTest, moment: Moment) async throws {
        try await network.run { stage, finish in
            let listener = try stage.listen { transport in
                transport.write(Array("hello, hello".utf8))
                transport.finishWriting()
                return Recorder(transport)
            }
            let client = Recorder()
            func close() {
                let before = client.events
                client.transport?.close()
                client.transport?.close()
                client.transport?.closeAfterWriting()
                client.transport?.write([1])
                #expect(client.events == before, "the end must not be heard inside close()")
            }
            if moment == .connected { client.onConnected = { _ in close() } }
            if moment == .received { client.onReceived = { _ in close() } }
            if moment == .inputEnded { client.onInputEnded = { close() } }
            client.onClosed = { error in
                #expect(error == nil)
                let heard = client.events
                let bytes = client.bytes
                stage.after(.milliseconds(20)) {
                    #expect(client.events == heard)
                    #expect(client.bytes == bytes)
                    finish()
                }
            }
            stage.connect(listener.endpoint, client)
            if moment == .connecting {
                close()
                #expect(client.events.isEmpty)
            }
        }
    }

    @Test("Closing while accepting ends the connection once", arguments: NetworkUnderTest.allCases)
    func closeInAccept(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let ends = Countdown(2) { stage.after(.milliseconds(20), finish) }
            let server = Recorder()
            server.onClosed = { _ in
                #expect(server.events == [.closed(nil)])
                ends.count()
            }
            let listener = try stage.listen { transport in
                transport.close()
                return server
            }
            let client = Recorder()
            client.onInputEnded = { client.transport?.close() }
            client.onClosed = { _ in ends.count() }
            stage.connect(listener.endpoint, client)
        }
    }

    @Test("Closing inside the last callback is harmless", arguments: NetworkUnderTest.allCases)
    func closeInClosed(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let listener = try stage.listen { transport in
                transport.reset()
                return Recorder(transport)
            }
            let client = Recorder()
            var transport: (any Transport)?
            client.onClosed = { _ in
                transport?.write([1])
                transport?.finishWriting()
                transport?.setReading(false)
                transport?.close()
                transport?.reset()
                #expect(transport?.pendingBytes == 0)
                stage.after(.milliseconds(20)) {
                    #expect(client.events.filter { $0 != .connected }.count == 1)
                    finish()
                }
            }
            transport = stage.connect(listener.endpoint, client)
        }
    }

    @Test("Both ends may close at once", arguments: NetworkUnderTest.allCases)
    func closeBoth(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let ends = Countdown(2) { stage.after(.milliseconds(20), finish) }
            let server = Recorder()
            server.onClosed = { _ in ends.count() }
            let listener = try stage.listen { transport in
                stage.after(.milliseconds(10)) { transport.close() }
                return server
            }
            let client = Recorder()
            client.onConnected = { transport in stage.after(.milliseconds(10)) { transport.close() }
            }
            client.onClosed = { _ in ends.count() }
            stage.connect(listener.endpoint, client)
        }
    }

    @Test("Many connections at once are all served", arguments: NetworkUnderTest.allCases)
    func many(network: NetworkUnderTest) async throws {
        let count = 300
        try await network.run { stage, finish in
            let listener = try stage.listen(accept: Recorder.echo)
            let ends = Countdown(count, finish)
            for number in 0..<count {
                let client = Recorder()
                client.onConnected = {
                    $0.write(Array("\(number)".utf8))
                    $0.finishWriting()
                }
                client.onClosed = { _ in
                    #expect(client.text == "\(number)")
                    #expect(client.events == [.connected, .inputEnded, .closed(nil)])
                    ends.count()
                }
                stage.connect(listener.endpoint, client)
            }
        }
    }
}
