import Glibc
import ParleyNetwork
import Synchronization
import Testing

@Suite struct LoopContractTests {
    @Test(
        "Timers fire in order, equal ones as they were set, and not when called off",
        arguments: NetworkUnderTest.allCases
    )
    func timers(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let start = stage.loop.now
            var fired: [String] = []
            func set(_ milliseconds: Int, _ name: String) -> any LoopTimer {
                stage.loop.schedule(at: start + .milliseconds(milliseconds)) {
                    #expect(stage.loop.now >= start + .milliseconds(milliseconds))
                    fired.append(name)
                }
            }
            _ = set(30, "last")
            let early = set(5, "called off")
            _ = set(20, "second")
            _ = set(10, "first")
            _ = set(20, "third")
            let other = set(15, "called off by a timer")
            stage.after(.milliseconds(1)) { other.cancel() }
            early.cancel()
            early.cancel()
            stage.after(.milliseconds(60)) {
                #expect(fired == ["first", "second", "third", "last"])
                other.cancel()
                finish()
            }
        }
    }

    @Test(
        "A deadline in the past fires at once, one never to come does not",
        arguments: NetworkUnderTest.allCases
    )
    func edges(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let never = stage.loop.schedule(at: .distantFuture) { Issue.record("fired") }
            let past = MonotonicTime(nanoseconds: stage.loop.now.nanoseconds - 1_000_000_000)
            var returned = false
            _ = stage.loop.schedule(at: past) {
                #expect(returned)
                never.cancel()
                finish()
            }
            returned = true
        }
    }

    @Test(
        "What is put off runs after the current callback, in order",
        arguments: NetworkUnderTest.allCases
    )
    func later(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            var order: [Int] = []
            stage.loop.later {
                order.append(2)
                stage.loop.later {
                    order.append(4)
                    #expect(order == [1, 2, 3, 4])
                    #expect(stage.loop.isCurrent)
                    finish()
                }
            }
            stage.loop.later { order.append(3) }
            order.append(1)
        }
    }

    @Test("Offloaded work hands its value back on the loop", arguments: NetworkUnderTest.allCases)
    func offload(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            stage.loop.offload {
                6 * 7
            } completion: { value in
                #expect(value == 42)
                #expect(stage.loop.isCurrent)
                finish()
            }
        }
    }

    @Test(
        "Port 0 becomes a free port, and a port is bound once",
        arguments: NetworkUnderTest.allCases
    )
    func ports(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let one = try stage.listen(accept: Recorder.echo)
            let two = try stage.listen(accept: Recorder.echo)
            #expect(one.endpoint.port != 0)
            #expect(one.endpoint != two.endpoint)
            let error = #expect(throws: TransportError.self) {
                _ = try stage.loop.listen(on: one.endpoint, accept: Recorder.echo)
            }
            #expect(error?.code == .local)
            one.close()
            two.close()
            finish()
        }
    }

    @Test("A source address is the one the server sees", arguments: NetworkUnderTest.allCases)
    func source(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let source = try #require(IPAddress("127.0.0.2"))
            let listener = try stage.listen { transport in
                guard case .address(let address, let port)? = transport.remoteEndpoint else {
                    Issue.record("no address")
                    return Recorder(transport)
                }
                #expect(address == source)
                #expect(port != 0)
                transport.close()
                return Recorder(transport)
            }
            let client = Recorder()
            client.onConnected = { transport in
                guard case .address(let address, let port)? = transport.localEndpoint else {
                    Issue.record("no address")
                    return
                }
                #expect(address == source)
                #expect(port != 0)
            }
            client.onInputEnded = { client.transport?.close() }
            client.onClosed = { _ in finish() }
            stage.connect(listener.endpoint, source: source, client)
        }
    }

    @Test(
        "A source of the other family is this machine's fault",
        arguments: NetworkUnderTest.allCases
    )
    func wrongSource(network: NetworkUnderTest) async throws {
        try await network.meet { stage, listener, client, finish in
            client.onClosed = { _ in
                #expect(client.events == [.closed(.local)])
                finish()
            }
            stage.connect(listener.endpoint, source: IPAddress("::1"), client)
        }
    }

    @Test("A name is looked up and its addresses are tried", arguments: NetworkUnderTest.allCases)
    func name(network: NetworkUnderTest) async throws {
        try await network.meet { stage, listener, client, finish in
            client.onConnected = {
                #expect($0.remoteEndpoint == listener.endpoint)
                $0.close()
            }
            client.onClosed = { error in
                #expect(error == nil)
                finish()
            }
            stage.connect(.name("localhost", port: listener.endpoint.port ?? 0), client)
        }
    }

    @Test("Unix sockets work like the others", arguments: NetworkUnderTest.allCases)
    func unix(network: NetworkUnderTest) async throws {
        try await network.run { stage, finish in
            let endpoint = Endpoint.unix("/tmp/parley-\(getpid())-\(network.rawValue)")
            let listener = try stage.loop.listen(on: endpoint, accept: Recorder.echo)
            #expect(listener.endpoint == endpoint)
            let client = Recorder()
            client.onConnected = {
                #expect($0.remoteEndpoint == endpoint)
                $0.write(Array("over a path".utf8))
                $0.finishWriting()
            }
            client.onClosed = { error in
                #expect(error == nil)
                #expect(client.text == "over a path")
                listener.close()
                let second = Recorder()
                second.onClosed = { _ in
                    #expect(second.events == [.closed(.refused)])
                    finish()
                }
                stage.connect(endpoint, second)
            }
            stage.connect(endpoint, client)
            #expect(client.events.isEmpty)
        }
    }
}
