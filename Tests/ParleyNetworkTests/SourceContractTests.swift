import ParleyNetwork
import ParleyTesting
import Testing

/// Where a connection comes from, and to which of several addresses it goes.
@Suite struct SourceContractTests {
    private static let loopback = IPAddress(v4: 0x7F00_0001)

    /// A port that nobody has, as the network under test gives it.
    private func freePort(_ stage: Stage) throws -> UInt16 {
        let listener = try stage.listen(accept: Recorder.echo)
        listener.close()
        return try #require(listener.endpoint.port)
    }

    @Test("A source port is what the peer sees", arguments: NetworkUnderTest.allCases)
    func port(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let port = try freePort(stage)
            var seen: Endpoint?
            let listener = try stage.listen { transport in
                seen = transport.remoteEndpoint
                transport.closeAfterWriting()
                return Recorder(transport)
            }
            let client = Recorder()
            let source = IPAddress(v4: 0x7F00_0002)
            client.onInputEnded = { client.transport?.close() }
            client.onClosed = { error in
                #expect(error == nil)
                #expect(seen == .address(source, port: port))
                finish()
            }
            let target = ConnectTarget(listener.endpoint, source: source, sourcePort: port)
            stage.connect(target, client)
        }
    }

    @Test("A source port that somebody listens on is in use", arguments: NetworkUnderTest.allCases)
    func inUse(network: NetworkUnderTest) async throws {
        try await network.meet { stage, listener, client, finish in
            let taken = try stage.listen(accept: Recorder.echo)
            client.onClosed = { _ in
                #expect(client.events == [.closed(.sourceInUse)])
                taken.close()
                finish()
            }
            let target = ConnectTarget(
                listener.endpoint,
                source: Self.loopback,
                sourcePort: taken.endpoint.port
            )
            stage.connect(target, client)
        }
    }

    @Test("An address of others cannot be a source", arguments: NetworkUnderTest.allCases)
    func foreign(network: NetworkUnderTest) async throws {
        try await network.meet { stage, listener, client, finish in
            let foreign = IPAddress(v4: 0xC000_0209)
            stage.simulation?.setForeign(foreign)
            client.onClosed = { error in
                #expect(client.events == [.closed(.sourceUnavailable)])
                #expect(error?.detail.contains("(99)") == true)
                finish()
            }
            stage.connect(listener.endpoint, source: foreign, client)
        }
    }

    @Test("The first of several addresses that answers wins", arguments: NetworkUnderTest.allCases)
    func several(network: NetworkUnderTest) async throws {
        try await network.meet { stage, listener, client, finish in
            let dead = try freePort(stage)
            client.onConnected = { transport in
                #expect(transport.remoteEndpoint == listener.endpoint)
                transport.write(Array("hello".utf8))
            }
            client.onReceived = { _ in
                if client.text == "hello" { client.transport?.close() }
            }
            client.onClosed = { error in
                #expect(error == nil)
                #expect(client.text == "hello")
                finish()
            }
            let target = ConnectTarget(
                .address(Self.loopback, port: dead),
                alternatives: [listener.endpoint, .address(Self.loopback, port: dead)]
            )
            stage.connect(target, client)
        }
    }

    @Test("If none of several answers, all are named", arguments: NetworkUnderTest.allCases)
    func none(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let ports = try [freePort(stage), freePort(stage), freePort(stage)]
            let endpoints = ports.map { Endpoint.address(Self.loopback, port: $0) }
            let client = Recorder()
            client.onClosed = { error in
                #expect(client.events == [.closed(.refused)])
                #expect(error?.attempts.map(\.endpoint) == endpoints)
                finish()
            }
            let target = ConnectTarget(endpoints[0], alternatives: Array(endpoints.dropFirst()))
            stage.connect(target, client)
            #expect(client.events.isEmpty)
        }
    }

    @Test("A race may be given up", arguments: NetworkUnderTest.allCases)
    func givenUp(network: NetworkUnderTest) async throws {
        try await network.meet { stage, listener, client, finish in
            client.onClosed = { error in
                #expect(error == nil)
                stage.after(.milliseconds(20)) {
                    #expect(client.events == [.closed(nil)])
                    finish()
                }
            }
            let target = ConnectTarget(listener.endpoint, alternatives: [listener.endpoint])
            stage.connect(target, client)
            client.transport?.close()
        }
    }

    @Test("An address of the wrong family is told at once", arguments: NetworkUnderTest.allCases)
    func family(network: NetworkUnderTest) async throws {
        try await network.meet { stage, listener, client, finish in
            client.onClosed = { error in
                #expect(client.events == [.closed(.local)])
                #expect(error?.detail.contains("is no IPv6 address") == true)
                finish()
            }
            let target = ConnectTarget(listener.endpoint, family: .ipv6)
            stage.connect(target, client)
        }
    }

    @Test("A reset drops what waits and is heard as one", arguments: NetworkUnderTest.allCases)
    func resetWithWaiting(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let server = Recorder()
            let listener = try stage.listen { transport in
                server.transport = transport
                transport.setReading(false)
                return server
            }
            server.onClosed = { error in
                #expect(error?.code == .reset)
                finish()
            }
            let client = Recorder()
            client.onConnected = { transport in
                transport.write([UInt8](repeating: 0x61, count: 1000))
                transport.reset()
                transport.write(Array("never".utf8))
                stage.after(.milliseconds(50)) { server.transport?.setReading(true) }
            }
            stage.connect(listener.endpoint, client)
        }
    }
}
