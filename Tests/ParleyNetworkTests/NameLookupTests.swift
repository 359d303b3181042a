import ParleyNetwork
import ParleyTesting
import Testing

/// The two look-ups of a name (RFC 8305 §3) on the simulated network, by its clock.
@Suite struct NameLookupTests {
    private static let six = IPAddress("2001:db8::1") ?? IPAddress(v4: 0)
    private static let four = IPAddress("192.0.2.1") ?? IPAddress(v4: 0)
    private static let servfail = TransportError(.resolverFailed, "SERVFAIL")

    /// What came of a connection to a name.
    private struct Outcome {
        var peer: Endpoint?
        /// When it was there, or was given up.
        var at = Duration.zero
        var error: TransportError?
        var events: [Recorder.Event] = []
        var attempts: [String] = []
    }

    /// Connects to a name on a network whose way there and back takes two milliseconds.
    private func connect(
        to listeners: [IPAddress] = [six, four],
        source: IPAddress? = nil,
        family: AddressFamily? = nil,
        closingAfter limit: Duration = .seconds(30),
        _ prepare: (SimulatedNetwork) -> Void
    ) throws -> Outcome {
        let latency = Duration.milliseconds(1)
        let network = SimulatedNetwork(seed: 1, latency: latency...latency)
        for address in listeners {
            _ = try network.loop.listen(on: .address(address, port: 25)) { Recorder($0) }
        }
        prepare(network)
        let client = Recorder()
        var outcome = Outcome()
        client.onConnected = { transport in
            outcome.at = network.elapsed
            outcome.peer = transport.remoteEndpoint
        }
        client.onClosed = { error in
            if outcome.peer == nil { outcome.at = network.elapsed }
            outcome.error = error
        }
        let target = ConnectTarget(.name("mx.example", port: 25), source: source, family: family)
        let transport = network.loop.connect(target, handler: client)
        client.transport = transport
        network.run(for: limit)
        outcome.attempts = transport.attempts.map(\.summary)
        transport.close()
        // Nothing is left behind that would still happen.
        #expect(network.runUntilIdle(limit: .seconds(60)))
        outcome.events = client.events
        return outcome
    }

    private func answer(
        _ network: SimulatedNetwork,
        six: Int?,
        four: Int?,
        _ addresses: (six: [IPAddress], four: [IPAddress]) = ([six], [four])
    ) {
        for (family, after, list) in [
            (AddressFamily.ipv6, six, addresses.six), (.ipv4, four, addresses.four),
        ] {
            // A resolver that says nothing gives up after half a minute.
            network.setAddresses(
                list,
                of: family,
                for: "mx.example",
                after: .milliseconds(after ?? 30_000)
            )
        }
    }

    private func endpoint(_ address: IPAddress) -> Endpoint { .address(address, port: 25) }

    @Test func `IPv6 is connected to as soon as it is known`() throws {
        let outcome = try connect { answer($0, six: 20, four: nil) }
        #expect(outcome.peer == endpoint(Self.six))
        #expect(outcome.at == .milliseconds(20 + 2))
    }

    @Test func `IPv4 waits fifty milliseconds for IPv6, and not longer`() throws {
        let alone = try connect { answer($0, six: nil, four: 20) }
        #expect(alone.peer == endpoint(Self.four))
        #expect(alone.at == .milliseconds(20 + 50 + 2))
        let inTime = try connect { answer($0, six: 69, four: 20) }
        #expect(inTime.peer == endpoint(Self.six))
        #expect(inTime.at == .milliseconds(69 + 2))
        let late = try connect { answer($0, six: 71, four: 20) }
        #expect(late.peer == endpoint(Self.four))
        #expect(late.at == .milliseconds(20 + 50 + 2))
    }

    @Test func `IPv4 does not wait for what there is not`() throws {
        let nothing = try connect { answer($0, six: 30, four: 20, ([], [Self.four])) }
        #expect(nothing.peer == endpoint(Self.four))
        #expect(nothing.at == .milliseconds(30 + 2))
        let failed = try connect { network in
            answer(network, six: 0, four: 20)
            network.setFailure(
                Self.servfail,
                of: .ipv6,
                for: "mx.example",
                after: .milliseconds(25)
            )
        }
        #expect(failed.peer == endpoint(Self.four))
        #expect(failed.at == .milliseconds(25 + 2))
    }

    @Test func `what is known late races with what runs`() throws {
        let outcome = try connect { network in
            answer(network, six: 100, four: 0)
            network.setFault(NetworkFault(connecting: .blackHole), for: endpoint(Self.four))
        }
        #expect(outcome.peer == endpoint(Self.six))
        // IPv4 began at 50 ms, and has 250 ms before the next is tried beside it.
        #expect(outcome.at == .milliseconds(50 + 250 + 2))
    }

    @Test func `if all of one family failed, the other is tried when it is known`() throws {
        let outcome = try connect { network in
            answer(network, six: 10, four: 500)
            network.setFault(NetworkFault(connecting: .unreachable), for: endpoint(Self.six))
        }
        #expect(outcome.peer == endpoint(Self.four))
        #expect(outcome.at == .milliseconds(500 + 2))
    }

    @Test func `late addresses take turns with those that wait`() throws {
        let fours = (1...3).compactMap { IPAddress("192.0.2.\($0)") }
        let sixes = (1...2).compactMap { IPAddress("2001:db8::\($0)") }
        let outcome = try connect(to: [], closingAfter: .milliseconds(300)) { network in
            answer(network, six: 100, four: 0, (sixes, fours))
            for address in sixes + fours {
                network.setFault(NetworkFault(connecting: .blackHole), for: endpoint(address))
            }
        }
        #expect(
            outcome.attempts == [
                "192.0.2.1:25: no answer", "[2001:db8::1]:25: no answer (tried after 250 ms)",
                "192.0.2.2:25: not tried yet", "[2001:db8::2]:25: not tried yet",
                "192.0.2.3:25: not tried yet",
            ]
        )
    }

    @Test func `when both have failed, the failure that says most is told`() throws {
        let none = TransportError(.nameHasNoAddress, "nothing")
        let unknown = TransportError(.nameNotFound, "nobody")
        for (six, four, code) in [
            (unknown, unknown, TransportError.Code.nameNotFound),
            (unknown, none, .nameHasNoAddress), (none, none, .nameHasNoAddress),
            (Self.servfail, none, .resolverFailed), (unknown, Self.servfail, .resolverFailed),
        ] {
            let outcome = try connect { network in
                network.setFailure(six, of: .ipv6, for: "mx.example", after: .milliseconds(40))
                network.setFailure(four, of: .ipv4, for: "mx.example")
            }
            #expect(outcome.events == [.closed(code)])
            #expect(outcome.at == .milliseconds(40))
        }
    }

    @Test func `one that connects nowhere says so once both are known`() throws {
        let outcome = try connect(to: []) { answer($0, six: 10, four: 400) }
        #expect(outcome.events == [.closed(.refused)])
        #expect(outcome.error?.attempts.count == 2)
        #expect(outcome.at >= .milliseconds(400))
    }

    @Test func `a family or a source that is asked for leaves the other aside`() throws {
        let only = try connect(family: .ipv4) { answer($0, six: 0, four: 20) }
        #expect(only.peer == endpoint(Self.four))
        #expect(only.at == .milliseconds(20 + 2))
        let source = IPAddress("192.0.2.99")
        let bound = try connect(source: source) { answer($0, six: nil, four: 20) }
        #expect(bound.peer == endpoint(Self.four))
        #expect(bound.at == .milliseconds(20 + 2))
        let neither = try connect(source: source) { answer($0, six: 0, four: 20, ([Self.six], [])) }
        #expect(neither.events == [.closed(.local)])
    }

    @Test func `it can be given up while an answer is awaited`() throws {
        for limit in [10, 30, 200] {
            let outcome = try connect(to: [], closingAfter: .milliseconds(limit)) { network in
                answer(network, six: nil, four: 20)
                network.setFault(NetworkFault(connecting: .blackHole), for: endpoint(Self.four))
            }
            #expect(outcome.events == [.closed(nil)])
        }
    }
}
