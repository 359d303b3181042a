import ParleyTLS
import Testing

@Suite("Verification")
struct VerificationTests {
    /// A flaw, the request that has it, and the reason and alert that it leads to.
    struct Flaw: Sendable, CustomTestStringConvertible {
        let reason: String
        let alert: String
        let request: CertificateRequest
        var byStranger = false
        var testDescription: String { reason }

        static func make(
            _ reason: String,
            _ alert: String,
            byStranger: Bool = false,
            _ change: (inout CertificateRequest) -> Void
        ) -> Flaw {
            var request = CertificateRequest(names: ["mx.example"])
            change(&request)
            return Flaw(reason: reason, alert: alert, request: request, byStranger: byStranger)
        }

        static let all: [Flaw] = [
            make("tls.certificate.expired", "certificate_expired") { $0.ends = .seconds(-60) },
            make("tls.certificate.not-yet-valid", "bad_certificate") { $0.starts = .seconds(3600) },
            make("tls.certificate.untrusted", "unknown_ca", byStranger: true) { _ in },
            make("tls.certificate.self-signed", "unknown_ca") { $0.selfSigned = true },
            make("tls.certificate.wrong-host", "bad_certificate") { $0.names = ["a.example"] },
            make("tls.certificate.weak", "bad_certificate") { $0.keyKind = .rsa1024 },
        ]

        var identity: ServerIdentity {
            get throws {
                try (byStranger ? Authorities.stranger : Authorities.house).issue(request)
            }
        }
    }

    @Test(
        "Full verification refuses each flaw with its reason, alert and chain",
        arguments: Flaw.all
    )
    func refuses(_ flaw: Flaw) throws {
        let pair = try Pair(flaw.identity)
        let states = pair.run()
        let failure = try #require(states.client.failure)
        #expect(failure.reason == flaw.reason)
        #expect(failure.problems.first?.reason == flaw.reason)
        #expect(failure.problems.first?.depth == 0)
        #expect(failure.chain.first?.commonName == flaw.request.names.first)
        #expect(pair.client.peerCertificates().count == 1)
        #expect(pair.client.summary == nil)
        #expect(states.server.failure?.alert == flaw.alert, "\(failure.detail)")
    }

    @Test("No verification refuses nothing, and notes each flaw", arguments: Flaw.all)
    func notes(_ flaw: Flaw) throws {
        let pair = try Pair(flaw.identity, verification: .none)
        #expect(pair.run().client.isEstablished)
        let summary = try #require(pair.client.summary)
        #expect(!summary.verified)
        #expect(summary.problems.first?.reason == flaw.reason)
    }

    @Test("A name that is only in the common name is a wrong host, in these words")
    func commonNameOnly() throws {
        var request = CertificateRequest(names: ["mx.example"])
        request.commonNameOnly = true
        let pair = try Pair(Authorities.house.issue(request))
        let failure = try #require(pair.run().client.failure)
        #expect(failure.reason == "tls.certificate.wrong-host")
        #expect(failure.problems.map(\.name) == ["tls.certificate.cn-only"])
        #expect(failure.detail.contains("only in the CN"))
    }

    @Test("An unknown issuer is one problem, though OpenSSL finds two")
    func untrusted() throws {
        let pair = try Pair(Authorities.stranger.issue(names: ["mx.example"]), verification: .none)
        pair.run()
        #expect(pair.client.summary?.problems.map(\.name) == ["tls.certificate.untrusted"])
    }

    @Test("Chain verification takes a wrong name, and notes it")
    func chain() throws {
        let pair = try Pair(Authorities.house.issue(names: ["a.example"]), verification: .chain)
        #expect(pair.run().client.isEstablished)
        let summary = try #require(pair.client.summary)
        #expect(summary.verified)
        #expect(summary.problems.map(\.reason) == ["tls.certificate.wrong-host"])
        #expect(summary.problems.first?.detail.contains("wanted mx.example") == true)
        #expect(summary.problems.first?.detail.contains("covers a.example") == true)
    }

    @Test("Chain verification refuses an unknown issuer")
    func chainRefuses() throws {
        let pair = try Pair(
            Authorities.stranger.issue(names: ["mx.example"]),
            verification: .chain
        )
        #expect(pair.run().client.failure?.reason == "tls.certificate.untrusted")
    }

    @Test("All flaws are noted, not the first alone")
    func several() throws {
        var request = CertificateRequest(names: ["a.example"])
        request.ends = .seconds(-60)
        let pair = try Pair(Authorities.stranger.issue(request), verification: .none)
        #expect(pair.run().client.isEstablished)
        let reasons = Set(pair.client.summary?.problems.map(\.reason) ?? [])
        let expected: Set = [
            "tls.certificate.expired", "tls.certificate.untrusted", "tls.certificate.wrong-host",
        ]
        #expect(reasons == expected)
    }

    @Test("The clock is the caller's")
    func clock() throws {
        let identity = try Authorities.house.issue(names: ["mx.example"], lifetime: .seconds(86400))
        let end = try #require(Certificate.read(pem: identity.certificatePEM).first).notAfter
        #expect(try Pair(identity, verifyTime: end - 1).run().client.isEstablished)
        let late = try Pair(identity, verifyTime: end + 1).run().client.failure
        #expect(late?.reason == "tls.certificate.expired")
    }

    @Test("An IP address needs an alternative name of its own")
    func address() throws {
        let with = try Authorities.house.issue(names: ["127.0.0.1", "::1"])
        #expect(try Pair(with, name: .address([127, 0, 0, 1])).run().client.isEstablished)
        let six: [UInt8] = Array(repeating: 0, count: 15) + [1]
        #expect(try Pair(with, name: .address(six)).run().client.isEstablished)
        let other = try Pair(with, name: .address([127, 0, 0, 2])).run().client.failure
        #expect(other?.reason == "tls.certificate.wrong-host")
        #expect(other?.detail.contains("127.0.0.2") == true)
        let without = try Pair(name: .address([127, 0, 0, 1])).run().client.failure
        #expect(without?.reason == "tls.certificate.wrong-host")
    }

    @Test("A trusted leaf needs no issuer")
    func pinned() throws {
        var request = CertificateRequest(names: ["mx.example"])
        request.selfSigned = true
        let identity = try Authorities.house.issue(request)
        let options = TLSClientOptions(trust: .pem(identity.certificatePEM))
        #expect(try Pair(identity, client: options).run().client.isEstablished)
    }

    @Test("The system's store does not trust a throw-away authority")
    func system() throws {
        let failure = try Pair(client: TLSClientOptions()).run().client.failure
        #expect(failure?.reason == "tls.certificate.untrusted")
    }

    @Test("Names that are none are refused before anything is sent")
    func badNames() throws {
        let client = try TLSClientContext(
            TLSClientOptions(trust: .pem(Authorities.house.certificatePEM))
        )
        for name in ["", "a\u{0}b", "bücher.example", "a b", String(repeating: "a", count: 300)] {
            #expect(throws: TLSError.self) {
                try TLSEngine(
                    client: client,
                    serverName: name,
                    verifyName: .host("x"),
                    verification: .full
                )
            }
        }
        #expect(throws: TLSError.self) {
            try TLSEngine(client: client, serverName: nil, verifyName: nil, verification: .full)
        }
        #expect(throws: TLSError.self) {
            try TLSEngine(
                client: client,
                serverName: nil,
                verifyName: .address([1, 2, 3]),
                verification: .full
            )
        }
    }
}
