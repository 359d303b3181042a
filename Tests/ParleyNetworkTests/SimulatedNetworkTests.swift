import ParleyNetwork
import ParleyTesting
import Testing

/// What only the simulation can do.
@Suite struct SimulatedNetworkTests {
    private let server = Endpoint.address(IPAddress(v4: 0xC000_0201), port: 25)

    @Test func `the same seed gives the same times`() throws {
        func times(seed: UInt64) throws -> [Int64] {
            let network = SimulatedNetwork(seed: seed)
            _ = try network.loop.listen(on: server, accept: Recorder.echo)
            var times: [Int64] = []
            for _ in 0..<5 {
                let client = Recorder()
                client.onConnected = {
                    times.append(network.loop.now.nanoseconds)
                    $0.close()
                }
                client.transport = network.loop.connect(ConnectTarget(server), handler: client)
            }
            #expect(network.runUntilIdle())
            return times
        }
        #expect(try times(seed: 7) == times(seed: 7))
        #expect(try times(seed: 7) != times(seed: 8))
    }

    @Test func `a day of waiting takes no time`() {
        let network = SimulatedNetwork(seed: 1)
        var fired = false
        network.loop.schedule(at: network.loop.now + .seconds(86_000)) { fired = true }
        network.run(for: .seconds(85_000))
        #expect(!fired)
        #expect(network.runUntilIdle())
        #expect(fired)
        #expect(network.elapsed == .seconds(86_000))
    }

    @Test(arguments: [
        (NetworkFault.Connecting.refuse, TransportError.Code.refused),
        (.unreachable, .unreachable),
    ])
    func `an ordered failure to connect is heard`(
        fault: NetworkFault.Connecting,
        code: TransportError.Code
    ) throws {
        let network = SimulatedNetwork(seed: 1)
        _ = try network.loop.listen(on: server, accept: Recorder.echo)
        network.setFault(NetworkFault(connecting: fault), for: server)
        let client = Recorder()
        client.transport = network.loop.connect(ConnectTarget(server), handler: client)
        network.runUntilIdle()
        #expect(client.events == [.closed(code)])
    }

    @Test func `a black hole never answers`() throws {
        let network = SimulatedNetwork(seed: 1)
        network.setFault(NetworkFault(connecting: .blackHole), for: server)
        let client = Recorder()
        client.transport = network.loop.connect(ConnectTarget(server), handler: client)
        network.run(for: .seconds(3600))
        #expect(client.events.isEmpty)
        client.transport?.close()
        network.runUntilIdle()
        #expect(client.events == [.closed(nil)])
    }

    @Test(arguments: [
        (NetworkFault.Break.drop(after: 5), [Recorder.Event.connected]),
        (.reset(after: 5), [.connected, .closed(.reset)]),
    ])
    func `a direction breaks after so many octets`(
        fault: NetworkFault.Break,
        events: [Recorder.Event]
    ) throws {
        let network = SimulatedNetwork(seed: 1)
        network.setFault(NetworkFault(toClient: fault), for: server)
        _ = try network.loop.listen(on: server) { transport in
            transport.write(Array("220 ready\r\n".utf8))
            return Recorder(transport)
        }
        let client = Recorder()
        client.transport = network.loop.connect(ConnectTarget(server), handler: client)
        network.runUntilIdle()
        #expect(client.text == "220 r")
        #expect(client.events == events)
    }

    @Test func `octets come one by one, or all together`() throws {
        for (segments, pieces) in [(NetworkFault.Segments.singleBytes, 6), (.coalesced, 1)] {
            let network = SimulatedNetwork(seed: 1)
            network.setFault(NetworkFault(segments: segments), for: server)
            _ = try network.loop.listen(on: server) { transport in
                transport.write(Array("abc".utf8))
                transport.write(Array("def".utf8))
                return Recorder(transport)
            }
            let client = Recorder()
            var received = 0
            client.onReceived = { _ in received += 1 }
            client.transport = network.loop.connect(ConnectTarget(server), handler: client)
            network.runUntilIdle()
            #expect(client.text == "abcdef")
            #expect(received == pieces)
        }
    }

    @Test func `names resolve to what the test says, address after address`() throws {
        let network = SimulatedNetwork(seed: 1)
        let dead = IPAddress(v4: 0xC000_0209)
        network.setAddresses([dead, IPAddress(v4: 0xC000_0201)], for: "mx.example")
        network.setAddresses([], for: "empty.example")
        network.setFailure(TransportError(.resolverFailed, "SERVFAIL"), for: "broken.example")
        _ = try network.loop.listen(on: server, accept: Recorder.echo)
        func outcome(_ name: String) -> [Recorder.Event] {
            let client = Recorder()
            client.onConnected = { $0.close() }
            let target = ConnectTarget(.name(name, port: 25))
            client.transport = network.loop.connect(target, handler: client)
            network.runUntilIdle()
            return client.events
        }
        #expect(outcome("mx.example") == [.connected, .closed(nil)])
        #expect(outcome("empty.example") == [.closed(.nameHasNoAddress)])
        #expect(outcome("broken.example") == [.closed(.resolverFailed)])
        #expect(outcome("nowhere.example") == [.closed(.nameNotFound)])
    }
}
