import ParleyVerbs
import ParleyWire
import Testing

@Suite struct ChannelBindingTests {
    private let exporter = ChannelBinding(.exporter, Array(repeating: 7, count: 32))
    private let endPoint = ChannelBinding(.serverEndPoint, Array(repeating: 9, count: 32))
    private let tim = SASLCredentials(user: bytes("tim"), password: bytes("wonderland"))

    /// Runs a login against the server's half; the client saw `offered`, the server offered
    /// `actual`.
    private func login(
        _ name: String,
        offered: [String],
        actual: [String]? = nil,
        client: [ChannelBinding],
        server: [ChannelBinding]? = nil
    ) throws -> (first: String, end: SASLServerStep) {
        let type = try #require(SASLMechanisms.mechanism(named: name))
        var mechanism = try type.init(
            tim,
            SASLContext(
                bindings: client,
                offersChannelBinding: offered.contains { $0.hasSuffix("-PLUS") }
            )
        )
        var exchange = try #require(
            SASLServerMechanisms.exchange(
                name,
                SASLServerContext(
                    accounts: [tim.user: tim.password],
                    bindings: server ?? client,
                    offersChannelBinding: (actual ?? offered).contains { $0.hasSuffix("-PLUS") }
                )
            )
        )
        let said = mechanism.initialResponse()
        let first = try #require(said)
        var step = exchange.start(first.bytes)
        if case .challenge(let challenge) = step {
            step = exchange.next(try #require(try mechanism.respond(to: challenge)).bytes)
        }
        if case .success(_, let data?) = step {
            _ = try mechanism.respond(to: data)
            try mechanism.finish()
        }
        return (text(first.bytes), step)
    }

    private func refusal(_ step: SASLServerStep) -> String? {
        guard case .failure(let failure) = step else { return nil }
        return failure.data.map(text)
    }

    @Test(arguments: ["SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"])
    func `a login is bound by what both ends know`(_ name: String) throws {
        let bound = try login(name, offered: [name], client: [exporter, endPoint])
        #expect(bound.first.hasPrefix("p=tls-exporter,,n=tim,r="))
        #expect(refusal(bound.end) == nil)
        let certificate = try login(name, offered: [name], client: [endPoint])
        #expect(certificate.first.hasPrefix("p=tls-server-end-point,,n=tim,r="))
        #expect(refusal(certificate.end) == nil)
    }

    @Test func `somebody in between has another connection, and is found out`() throws {
        let other = ChannelBinding(.exporter, Array(repeating: 8, count: 32))
        let relayed = try login(
            "SCRAM-SHA-256-PLUS",
            offered: ["SCRAM-SHA-256-PLUS"],
            client: [exporter],
            server: [other]
        )
        #expect(refusal(relayed.end) == "e=channel-bindings-dont-match")
    }

    @Test func `who takes -PLUS from the offer is found out by the flag`() throws {
        let honest = try login("SCRAM-SHA-256", offered: ["SCRAM-SHA-256"], client: [exporter])
        #expect(honest.first.hasPrefix("y,,"))
        #expect(refusal(honest.end) == nil)
        let stripped = try login(
            "SCRAM-SHA-256",
            offered: ["SCRAM-SHA-256"],
            actual: ["SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"],
            client: [exporter]
        )
        #expect(refusal(stripped.end) == "e=server-does-support-channel-binding")
    }

    @Test func `without TLS, or where -PLUS is there and not wanted, nothing is claimed`() throws {
        let clear = try login("SCRAM-SHA-256", offered: ["SCRAM-SHA-256"], client: [])
        #expect(clear.first.hasPrefix("n,,"))
        let both = ["SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"]
        let unwanted = try login("SCRAM-SHA-256", offered: both, client: [exporter])
        #expect(unwanted.first.hasPrefix("n,,"))
        #expect(refusal(unwanted.end) == nil)
    }

    @Test(arguments: [
        ("e=server-does-support-channel-binding", "took it away"),
        ("e=channel-bindings-dont-match,x=y", "passes the login on"),
    ])
    func `what accuses somebody in between is no ordinary refusal`(
        _ said: String,
        _ words: String
    ) throws {
        for name in ["SCRAM-SHA-256", "SCRAM-SHA-1"] {
            let type = try #require(SASLMechanisms.mechanism(named: name))
            var mechanism = try type.init(tim, SASLContext(bindings: [exporter]))
            _ = mechanism.initialResponse()
            let error = #expect(throws: WireError.self) { try mechanism.respond(to: bytes(said)) }
            #expect(error?.reason == "auth.refused")
            #expect(error.map { "\($0)" }?.contains(words) == true)
            // Any other explanation is followed by the reply that is judged.
            var ordinary = try type.init(tim, SASLContext())
            _ = ordinary.initialResponse()
            #expect(try ordinary.respond(to: bytes("e=other-error"))?.bytes == [])
        }
    }

    // MARK: - The verb

    private func client(_ mechanisms: String, _ bindings: [ChannelBinding]) throws -> SMTPClient {
        let client = try ParleyWireTests.client(
            [(call("ehlo"), "250-mx.test\r\n250 AUTH \(mechanisms)\r\n")],
            isEncrypted: true
        )
        client.channelBindings = bindings
        client.isLoopback = true
        return client
    }

    private func auth(_ mechanism: String, binding: String? = nil) throws -> VerbCall {
        var call = try call("auth", mechanism, "tim", "wonderland")
        if let binding { call.clauses["binding"] = VerbArgument(slot: 0, bytes: bytes(binding)) }
        return call
    }

    /// What came with the command.
    private func message(_ step: VerbStep) throws -> [UInt8] {
        let word = try #require(step.sent?.split(separator: " ").last)
        return try #require(Base64.decode(bytes(String(word)).dropLast(2)))
    }

    private func header(_ step: VerbStep) throws -> String {
        String(text(try message(step)).prefix { $0 != "," })
    }

    @Test func `auth best prefers what is bound, where it can be`() throws {
        let offer = "PLAIN SCRAM-SHA-256 SCRAM-SHA-1-PLUS"
        let bound = try client(offer, [exporter]).begin(auth("best"), isEncrypted: true)
        #expect(bound.sent?.hasPrefix("AUTH SCRAM-SHA-1-PLUS ") == true)
        let clear = try client(offer, []).begin(auth("best"), isEncrypted: false)
        #expect(clear.sent?.hasPrefix("AUTH SCRAM-SHA-256 ") == true)
    }

    @Test func `the binding can be chosen`() throws {
        let name = "SCRAM-SHA-256-PLUS"
        let call = try auth("scram-sha-256-plus", binding: "tls-server-end-point")
        let both = try client(name, [exporter, endPoint])
        #expect(try header(both.begin(call, isEncrypted: true)) == "p=tls-server-end-point")
        let one = try client(name, [exporter])
        let error = #expect(throws: WireError.self) { try one.begin(call, isEncrypted: true) }
        #expect(error?.reason == "auth.mechanism")
        let none = try client(name, [])
        let clear = #expect(throws: WireError.self) {
            try none.begin(auth("scram-sha-256-plus"), isEncrypted: false)
        }
        #expect(clear?.reason == "auth.mechanism")
        let plain = try client("PLAIN", [exporter])
        let useless = #expect(throws: WireError.self) {
            try plain.begin(auth("plain", binding: "tls-exporter"), isEncrypted: true)
        }
        #expect(useless?.reason == "script.verb")
    }

    @Test func `a login that was not offered goes out if the script says so`() throws {
        let client = try client("LOGIN", [])
        var call = try auth("plain")
        let refused = #expect(throws: WireError.self) { try client.begin(call, isEncrypted: true) }
        #expect(refused?.reason == "auth.mechanism")
        call.clauses["unoffered"] = VerbArgument(slot: 0, bytes: [])
        #expect(try client.begin(call, isEncrypted: true).sent?.hasPrefix("AUTH PLAIN ") == true)
    }

    // MARK: - Many iterations

    @Test func `many iterations are computed elsewhere, once`() throws {
        let client = try client("SCRAM-SHA-256", [])
        var server = ScramServer(
            .sha256,
            isBound: false,
            SASLServerContext(
                accounts: [tim.user: tim.password],
                iterations: 10_001,
                salt: SASLContext.randomNonce()
            )
        )
        func first() throws -> Reply {
            let step = try client.begin(auth("scram-sha-256"), isEncrypted: true)
            guard case .challenge(let challenge) = server.start(try message(step)) else {
                throw WireError(.verb, "no challenge")
            }
            return try reply("334 \(text(Base64.encode(challenge)))\r\n")
        }
        let challenge = try first()
        guard case .compute(let work) = try client.resume(challenge) else {
            Issue.record("it was computed here")
            return
        }
        work()
        #expect(try client.resume(challenge).sent != nil)
        _ = try client.resume(try reply("535 5.7.8 no\r\n"))
        // The key is known now, and with it the answer to the next login.
        server = ScramServer(
            .sha256,
            isBound: false,
            SASLServerContext(accounts: [:], iterations: 4096)
        )
        #expect(try client.resume(try first()).sent != nil)
    }

    @Test func `so they are at the end of a pipeline`() throws {
        let client = try client("SCRAM-SHA-256", [])
        var server = ScramServer(
            .sha256,
            isBound: false,
            SASLServerContext(
                accounts: [tim.user: tim.password],
                iterations: 10_001,
                salt: SASLContext.randomNonce()
            )
        )
        let sent = try client.beginPipeline(
            [auth("scram-sha-256")],
            forced: true,
            isEncrypted: true
        )
        guard case .challenge(let first) = server.start(try message(.send(sent))) else {
            Issue.record("no challenge")
            return
        }
        let challenge = try reply("334 \(text(Base64.encode(first)))\r\n")
        guard case .compute(let work) = try client.resumePipelined(challenge, at: 0) else {
            Issue.record("it was computed here")
            return
        }
        work()
        let answer = try client.resumePipelined(challenge, at: 0)
        #expect(server.next(try message(answer)).accepted == tim)
    }
}
