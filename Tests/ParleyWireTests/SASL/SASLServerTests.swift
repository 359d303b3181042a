import ParleyWire
import Testing

@Suite struct SASLServerTests {
    private let tim = bytes("tim")
    private let accounts = [bytes("tim"): bytes("tanstaaftanstaaf")]

    private func context(
        _ faults: Set<SASLServerFault> = [],
        bindings: [ChannelBinding] = []
    ) -> SASLServerContext {
        SASLServerContext(
            host: "postoffice.reston.mci.net",
            accounts: accounts,
            bindings: bindings,
            faults: faults
        )
    }

    /// Runs both halves against each other, and says what the server made of it in the end.
    private func dialogue(
        _ name: String,
        password: String = "tanstaaftanstaaf",
        _ context: SASLServerContext
    ) throws -> SASLServerStep {
        let type = try #require(SASLMechanisms.mechanism(named: name))
        var client = try type.init(
            SASLCredentials(user: tim, password: bytes(password)),
            SASLContext()
        )
        var server = try #require(SASLServerMechanisms.exchange(name, context))
        var step = server.start(client.initialResponse()?.bytes)
        for _ in 0..<10 {
            guard case .challenge(let challenge) = step else { break }
            let answer = try #require(try client.respond(to: challenge))
            step = server.next(answer.bytes)
        }
        if case .success(_, let data) = step {
            if let data { _ = try client.respond(to: data) }
            try client.finish()
        }
        return step
    }

    private func isChallenge(_ step: SASLServerExchange.Step) -> Bool {
        if case .challenge = step { true } else { false }
    }

    static let played = SASLServerMechanisms.names.filter {
        SASLMechanisms.mechanism(named: $0) != nil && !$0.hasSuffix("-PLUS")
            && SASLMechanisms.mechanism(named: $0)?.proof != .nothing
    }

    @Test(arguments: played)
    func `the client's half gets in at the server's half`(_ name: String) throws {
        guard case .success(let credentials, _) = try dialogue(name, context()) else {
            Issue.record("\(name) was refused")
            return
        }
        #expect(credentials.user == tim)
    }

    @Test(arguments: played)
    func `a wrong password or token is refused`(_ name: String) throws {
        guard case .failure(let failure) = try dialogue(name, password: "x", context()) else {
            Issue.record("\(name) was let in")
            return
        }
        #expect(failure.code == .credentials)
    }

    @Test(arguments: played)
    func `a server that lets anybody in is seen through where it must prove itself`(
        _ name: String
    ) throws {
        guard name.hasPrefix("SCRAM") || name == "DIGEST-MD5" else {
            let step = try dialogue(name, password: "x", context([.acceptAnybody]))
            guard case .success = step else {
                Issue.record("\(step)")
                return
            }
            return
        }
        let error = #expect(throws: WireError.self) {
            try dialogue(name, password: "x", context([.acceptAnybody]))
        }
        let words = name == "DIGEST-MD5" ? "proof is wrong" : "signature is wrong"
        #expect(error?.detail.contains(words) == true)
    }

    @Test(arguments: [
        (SASLServerFault.wrongSignature, "signature is wrong"),
        (.noSignature, "without proving"),
        (.wrongNonce, "does not extend ours"),
        (.echoNonce, "no nonce of its own"),
        (.noNonce, "nonce (r=)"),
        (.noSalt, "salt (s=)"),
        (.badSalt, "no base64"),
        (.noIterations, "iteration count (i=)"),
        (.mandatoryExtension, "extension (m=)"),
    ])
    func `each fault of a SCRAM server is seen`(_ fault: SASLServerFault, _ words: String) {
        for name in ["SCRAM-SHA-1", "SCRAM-SHA-256"] {
            let error = #expect(throws: WireError.self) { try dialogue(name, context([fault])) }
            #expect(error?.reason == "auth.refused")
            #expect(error?.detail.contains(words) == true, "\(error?.detail ?? "")")
        }
    }

    @Test func `iterations out of bounds are refused by the client, and bounded in the server`() {
        for iterations in [-1, 0, 1_000_001, .max] {
            var context = context()
            context.iterations = iterations
            let error = #expect(throws: WireError.self) {
                try dialogue("SCRAM-SHA-256", context)
            }
            #expect(error?.detail.contains("from 1 to 1000000") == true)
            var server = ScramServer(.sha256, isBound: false, context)
            guard case .challenge(let first) = server.start(bytes("n,,n=tim,r=a")) else { continue }
            let nonce = text(first).split(separator: ",")[0]
            guard case .failure = server.next(bytes("c=biws,\(nonce),p=AAAA")) else {
                Issue.record("let in")
                return
            }
        }
    }

    @Test func `a client that was shown no -PLUS is told so`() {
        let data = ChannelBinding(.serverEndPoint, [1, 2, 3])
        var context = context(bindings: [data])
        context.offersChannelBinding = true
        func refusal(_ isBound: Bool, _ first: String) -> String? {
            var server = ScramServer(.sha256, isBound: isBound, context)
            guard case .failure(let failure) = server.start(bytes(first)) else { return nil }
            return failure.data.map(text)
        }
        #expect(refusal(false, "y,,n=tim,r=a") == "e=server-does-support-channel-binding")
        #expect(refusal(false, "n,,n=tim,r=a") == nil)
        #expect(
            refusal(false, "p=tls-server-end-point,,n=tim,r=a")
                == "e=channel-binding-not-supported"
        )
        #expect(refusal(true, "p=tls-exporter,,n=tim,r=a") == "e=unsupported-channel-binding-type")
        #expect(refusal(true, "p=tls-server-end-point,,n=tim,r=a") == nil)
        #expect(refusal(true, "n,,n=tim,r=a") == "e=other-error")
        context.offersChannelBinding = false
        #expect(refusal(false, "y,,n=tim,r=a") == nil)
    }

    @Test(arguments: [
        "", ",", ",,", "n,", "n,,", "x,,n=tim,r=a", "n,a,n=tim,r=a", "n,a=,n=tim,r=a",
        "n,,n=tim", "n,,r=a,n=tim", "n,,n=,r=a", "n,,n=tim,r=", "n,,n=a=2,r=a", "n,,n=a=,r=a",
        "n,,m=x,n=tim,r=a", "n,,n=tim,r=a b", "\u{0}",
    ])
    func `a first message that makes no sense is refused`(_ message: String) {
        var server = ScramServer(.sha256, isBound: false, context())
        guard case .failure(let failure) = server.start(bytes(message)) else {
            Issue.record("taken")
            return
        }
        #expect(failure.code == .malformed)
    }

    @Test(arguments: [
        "", "c=biws", "c=biws,r=ab", "c=biws,r=ab,p=", "c=biws,r=ab,p=AAAA", "r=ab,c=biws,p=AAAA",
        "c=!!!!,r=ab,p=AAAA", "c=biws,r=XX,p=AAAA", "c=eSws,r=ab,p=AAAA", "c=biws,r=ab,p=!!!!",
    ])
    func `a final message that makes no sense is refused`(_ message: String) {
        var context = context()
        context.makeNonce = { bytes("b") }
        var server = ScramServer(.sha256, isBound: false, context)
        _ = server.start(bytes("n,,n=tim,r=a"))
        guard case .failure = server.next(bytes(message)) else {
            Issue.record("taken")
            return
        }
    }

    @Test func `the signature of SCRAM travels in a last challenge, and the yes behind it`() throws
    {
        var client = try ScramSHA256Mechanism(
            SASLCredentials(user: tim, password: bytes("tanstaaftanstaaf")),
            SASLContext()
        )
        let said = client.initialResponse()
        let opening = try #require(said)
        var exchange = SASLServerExchange(
            "SCRAM-SHA-256 \(text(Base64.encode(opening.bytes)))",
            context()
        )
        var step = exchange.start()
        for _ in 0..<2 {
            guard case .challenge(let challenge) = step else {
                Issue.record("\(step)")
                return
            }
            let data = try #require(Base64.decode(bytes(challenge)))
            let answer = try #require(try client.respond(to: data))
            step = exchange.receive(Base64.encode(answer.bytes))
        }
        guard case .credentials(let credentials) = step else {
            Issue.record("\(step)")
            return
        }
        #expect(credentials.user == tim)
        try client.finish()
    }

    @Test func `garbage, endless challenges and skipped steps are played for every mechanism`() {
        for name in SASLServerMechanisms.names {
            var endless = SASLServerExchange(name, context([.endless]))
            var steps = [endless.start()]
            for _ in 0..<20 { steps.append(endless.receive([])) }
            #expect(steps.allSatisfy(isChallenge), "\(name)")
            var garbage = SASLServerExchange(name, context([.garbage]))
            #expect(garbage.start() == .challenge("!garbage!"))
            var early = SASLServerExchange(name, context([.skipSteps]))
            #expect(early.start() == .credentials(SASLCredentials(user: [], password: [])))
        }
    }
}
