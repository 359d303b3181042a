import ParleyWire
import Testing

/// A published dialogue of SCRAM: `user`, `pencil`, 4096 iterations.
struct ScramVector: Sendable {
    var type: any SASLMechanism.Type
    var hash: ScramHash
    var salt: String
    /// The nonces of both sides.
    var client: String
    var server: String
    var proof: String
    /// What proves the server, in base64.
    var signature: String

    var nonce: String { client }
    var first: String { "r=\(client)\(server),s=\(salt),i=4096" }
    var final: String { "c=biws,r=\(client)\(server),p=\(proof)" }
    var last: String { "v=\(signature)" }

    func mechanism(
        user: String = "user",
        password: String = "pencil"
    ) throws -> any SASLMechanism {
        let nonce = bytes(client)
        return try type.init(credentials(user, password), SASLContext(makeNonce: { nonce }))
    }

    /// Holds the client's side against it.
    func playClient() throws {
        var mechanism = try mechanism()
        let opening = mechanism.initialResponse()
        let said = try #require(opening)
        #expect(text(said.bytes) == "n,,n=user,r=\(client)")
        #expect(!said.isSecret)
        let answer = try #require(try mechanism.respond(to: bytes(first)))
        #expect(text(answer.bytes) == final)
        #expect(answer.isSecret)
        let end = try #require(try mechanism.respond(to: bytes(last)))
        #expect(end.bytes.isEmpty)
        try mechanism.finish()
        #expect(try mechanism.respond(to: []) == nil)
    }

    /// Holds the server's side against it.
    func playServer() {
        let nonce = bytes(server)
        var played = ScramServer(
            hash,
            isBound: false,
            SASLServerContext(
                accounts: [bytes("user"): bytes("pencil")],
                salt: decoded(salt),
                makeNonce: { nonce }
            )
        )
        #expect(played.start(bytes("n,,n=user,r=\(client)")) == .challenge(bytes(first)))
        #expect(
            played.next(bytes(final))
                == .success(credentials("user", "pencil"), data: bytes(last))
        )
    }

    /// The form with channel binding: the header and the data of the binding go into the proof
    /// (RFC 5802 §7), for which nobody has published a dialogue; the other half is ours.
    func playBound(_ type: any SASLMechanism.Type) throws {
        let nonce = bytes(client)
        let binding = ChannelBinding(.exporter, [1, 2, 3])
        let bindsChannel = type.bindsChannel
        #expect(bindsChannel)
        var mechanism = try type.init(
            credentials("user", "pencil"),
            SASLContext(bindings: [binding], makeNonce: { nonce })
        )
        let opening = "p=tls-exporter,,n=user,r=\(client)"
        #expect(mechanism.initialResponse().map { text($0.bytes) } == opening)
        var played = ScramServer(
            hash,
            isBound: true,
            SASLServerContext(
                accounts: [bytes("user"): bytes("pencil")],
                salt: decoded(salt),
                bindings: [binding]
            )
        )
        guard case .challenge(let challenge) = played.start(bytes(opening)) else {
            Issue.record("no challenge")
            return
        }
        let answer = try #require(try mechanism.respond(to: challenge))
        let header = text(Base64.encode(bytes("p=tls-exporter,,") + [1, 2, 3]))
        #expect(text(answer.bytes).hasPrefix("c=\(header),r=\(client)"))
        #expect(played.next(answer.bytes).accepted == credentials("user", "pencil"))
        #expect(throws: WireError.self) {
            try type.init(credentials("user", "pencil"), SASLContext())
        }
    }
}
