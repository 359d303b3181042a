import ParleyNetwork
import ParleyTesting
import Testing

/// Happy Eyeballs (RFC 8305) on the simulated network, by its clock.
@Suite struct ConnectRaceTests {
    private static let sixes = (1...3).compactMap { IPAddress("2001:db8::\($0)") }
    private static let fours = (1...3).compactMap { IPAddress("192.0.2.\($0)") }

    private func endpoint(_ address: IPAddress) -> Endpoint { .address(address, port: 25) }

    /// Connects to a name with all addresses, IPv6 first, and tells who answered and when.
    private func race(
        _ faults: [IPAddress: NetworkFault.Connecting],
        listeners: [IPAddress],
        addresses: [IPAddress] = sixes + fours,
        delay: Duration = .milliseconds(250),
        giveUpAfter: Duration? = nil
    ) throws -> (Recorder, SimulatedNetwork, at: Duration, error: TransportError?, servers: Int) {
        let latency = Duration.milliseconds(1)
        let network = SimulatedNetwork(seed: 1, latency: latency...latency)
        network.setAddresses(addresses, for: "mx.example")
        var servers = 0
        for address in listeners {
            _ = try network.loop.listen(on: endpoint(address)) { transport in
                servers += 1
                return Recorder(transport)
            }
        }
        for (address, fault) in faults {
            network.setFault(NetworkFault(connecting: fault), for: endpoint(address))
        }
        let client = Recorder()
        var at = Duration.zero
        var failure: TransportError?
        client.onConnected = { _ in at = network.elapsed }
        client.onClosed = { error in
            failure = error
            at = network.elapsed
        }
        let target = ConnectTarget(.name("mx.example", port: 25), attemptDelay: delay)
        client.transport = network.loop.connect(target, handler: client)
        network.run(for: giveUpAfter ?? .seconds(30))
        return (client, network, at, failure, servers)
    }

    @Test func `the families take turns`() throws {
        let target = ConnectTarget(.name("mx.example", port: 25))
        let order = try target.candidates(
            of: "mx.example",
            Self.sixes + Self.fours,
            port: 25
        )
        #expect(
            order
                == [
                    Self.sixes[0], Self.fours[0], Self.sixes[1], Self.fours[1], Self.sixes[2],
                    Self.fours[2],
                ].map(endpoint)
        )
    }

    @Test func `a hostile zone's addresses are not all tried`() throws {
        let many = (0..<1000).map { IPAddress(v4: 0xC000_0200 + UInt32($0)) }
        let target = ConnectTarget(.name("mx.example", port: 25))
        let order = try target.candidates(of: "mx.example", many, port: 25)
        #expect(order.count == ConnectTarget.candidateLimit)
    }

    @Test func `a family that leads nowhere costs one delay`() throws {
        let silent = Dictionary(
            uniqueKeysWithValues: Self.sixes.map { ($0, NetworkFault.Connecting.blackHole) }
        )
        let (client, _, at, _, servers) = try race(silent, listeners: Self.fours)
        #expect(client.events == [.connected])
        #expect(client.transport?.remoteEndpoint == endpoint(Self.fours[0]))
        // The look-up takes one, the way there and back two.
        #expect(at == .milliseconds(1 + 250 + 2))
        #expect(servers == 1)
    }

    @Test func `a refusal starts the next attempt at once`() throws {
        let (client, _, at, _, _) = try race([Self.sixes[0]: .refuse], listeners: Self.fours)
        #expect(client.transport?.remoteEndpoint == endpoint(Self.fours[0]))
        #expect(at < .milliseconds(10))
    }

    @Test func `the first that answers wins, and the others are over`() throws {
        let slow = Self.sixes[0]
        let (client, network, _, _, servers) = try race(
            [slow: .blackHole],
            listeners: Self.sixes + Self.fours
        )
        #expect(servers == 1)
        client.transport?.write(Array("x".utf8))
        network.run(for: .seconds(5))
        #expect(client.events == [.connected])
        #expect(servers == 1)
    }

    @Test func `a failure names every address and what became of it`() throws {
        let (client, _, _, error, _) = try race(
            [
                Self.sixes[0]: .unreachable, Self.fours[0]: .refuse, Self.sixes[1]: .unreachable,
                Self.fours[1]: .refuse, Self.sixes[2]: .unreachable,
            ],
            listeners: []
        )
        #expect(client.events == [.closed(.refused)])
        #expect(error?.attempts.count == 6)
        #expect(
            error?.attempts.first?.summary
                == "[2001:db8::1]:25: connect: No route to host (113)"
        )
        #expect(
            error?.attempts.allSatisfy {
                if case .failed = $0.outcome { true } else { false }
            } == true
        )
    }

    @Test func `while it waits, it can be asked what it tried`() throws {
        let all = Dictionary(
            uniqueKeysWithValues: (Self.sixes + Self.fours).map {
                ($0, NetworkFault.Connecting.blackHole)
            }
        )
        let (client, network, _, _, _) = try race(
            all,
            listeners: [],
            delay: .seconds(1),
            giveUpAfter: .milliseconds(2500)
        )
        let summaries = client.transport?.attempts.map(\.summary) ?? []
        #expect(
            summaries == [
                "[2001:db8::1]:25: no answer", "192.0.2.1:25: no answer (tried after 1000 ms)",
                "[2001:db8::2]:25: no answer (tried after 2000 ms)", "192.0.2.2:25: not tried yet",
                "[2001:db8::3]:25: not tried yet", "192.0.2.3:25: not tried yet",
            ]
        )
        client.transport?.close()
        #expect(network.runUntilIdle(limit: .milliseconds(1)))
        #expect(client.events == [.closed(nil)])
    }

    @Test func `the delay keeps to the bounds of section 8`() {
        let two = [endpoint(Self.fours[0]), endpoint(Self.fours[1])]
        let origin = MonotonicTime(nanoseconds: 0)
        for (asked, given) in [
            (Duration.zero, Duration.milliseconds(10)), (.seconds(60), .seconds(2)),
            (.milliseconds(100), .milliseconds(100)),
        ] {
            var race = ConnectRace(two, delay: asked, at: origin)
            _ = race.begin(at: origin)
            #expect(race.nextStart == origin + given)
        }
    }

    @Test func `one family may be asked for`() throws {
        for (family, first) in [(AddressFamily.ipv4, Self.fours[0]), (.ipv6, Self.sixes[0])] {
            let target = ConnectTarget(.name("mx.example", port: 25), family: family)
            let order = try target.candidates(of: "x", Self.sixes + Self.fours, port: 25)
            #expect(order.count == 3 && order.first == endpoint(first))
            let error = #expect(throws: TransportError.self) {
                try target.candidates(
                    of: "x",
                    family == .ipv4 ? Self.sixes : Self.fours,
                    port: 25
                )
            }
            #expect(error?.code == .nameHasNoAddress)
        }
    }
}
