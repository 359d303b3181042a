import ParleyTLS
import Testing

/// Stapled OCSP responses between two engines, each of them OpenSSL's own.
@Suite("Staples")
struct StapleTests {
    /// What a server staples about its certificate.
    enum Staple: CaseIterable {
        case absent, good, stale, revoked, aboutAnother, byStranger, garbage, cutShort

        /// What a client that demands a staple says of it.
        var reason: String? {
            switch self {
            case .good: nil
            case .absent: "tls.staple.missing"
            case .revoked: "tls.certificate.revoked"
            default: "tls.staple.invalid"
            }
        }

        func bytes(for identity: ServerIdentity) throws -> [UInt8]? {
            let house = Authorities.house
            switch self {
            case .absent: return nil
            case .good: return try house.staple(for: identity)
            case .stale: return try house.staple(for: identity, isOutdated: true)
            case .revoked: return try house.staple(for: identity, isRevoked: true)
            case .aboutAnother:
                return try house.staple(for: house.issue(names: ["other.example"]))
            case .byStranger: return try Authorities.stranger.staple(for: identity)
            case .garbage: return Array("good, believe me".utf8)
            case .cutShort: return Array(try house.staple(for: identity).dropLast(9))
            }
        }
    }

    private func connect(
        _ staple: Staple,
        _ version: TLSVersion = .tls13,
        demanded: Bool,
        verification: TLSVerification = .full
    ) throws -> Pair {
        let identity = try Authorities.house.issue(names: ["mx.example"])
        var server = TLSServerOptions()
        server.maximumVersion = version
        server.staple = try staple.bytes(for: identity)
        var client = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        client.demandsStapling = demanded
        return try Pair(identity, client: client, server: server, verification: verification)
    }

    @Test(
        "Who demands a staple refuses all but a good one, with the reason of each",
        arguments: Staple.allCases,
        [TLSVersion.tls12, .tls13]
    )
    func demanded(_ staple: Staple, _ version: TLSVersion) throws {
        let pair = try connect(staple, version, demanded: true)
        let state = pair.run().client
        #expect(state.failure?.reason == staple.reason, "\(state)")
        #expect(state.isEstablished == (staple.reason == nil))
        #expect((pair.client.summary?.stapled == true) == (staple == .good))
    }

    @Test(
        "Who does not demand one refuses what is revoked, and nothing else",
        arguments: Staple.allCases
    )
    func unasked(_ staple: Staple) throws {
        let pair = try connect(staple, demanded: false)
        let state = pair.run().client
        #expect(state.failure?.reason == (staple == .revoked ? "tls.certificate.revoked" : nil))
        guard staple != .revoked else { return }
        #expect(pair.client.summary?.verified == true)
        #expect(pair.client.summary?.stapled == (staple != .absent))
    }

    @Test("Who verifies nothing is told", arguments: Staple.allCases)
    func looked(_ staple: Staple) throws {
        let pair = try connect(staple, demanded: true, verification: .none)
        #expect(pair.run().client.isEstablished)
        let summary = try #require(pair.client.summary)
        #expect(summary.problems.map(\.reason) == (staple.reason.map { [$0] } ?? []))
        #expect(summary.verified == (staple == .good))
    }

    @Test("What is wrong with a staple is said in words")
    func words() throws {
        func detail(_ staple: Staple) throws -> String {
            try connect(staple, demanded: true).run().client.failure?.detail ?? ""
        }
        #expect(try detail(.stale).contains("out of date"))
        #expect(try detail(.aboutAnother).contains("about another certificate"))
        #expect(try detail(.byStranger).contains("not signed by the certificate's issuer"))
        #expect(try detail(.garbage).contains("no OCSP response"))
        #expect(try detail(.absent).contains("stapled none"))
    }
}
