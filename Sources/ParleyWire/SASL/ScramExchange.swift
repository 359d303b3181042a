internal import ParleyTLS

/// SCRAM, RFC 5802, over any hash: each side proves that it knows the
/// password, or what is made of it, without saying it.
///
/// ```
/// C: AUTH SCRAM-SHA-1 (n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL)
/// S: 334 (r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096)
/// C: (c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=)
/// S: 334 (v=rmF9pqV8S7suAoZWja4dJRkFsKQ=)
/// C: ()
/// S: 235 2.7.0 Authentication successful
/// ```
///
/// (What stands in brackets is in base64 on the wire.) Names and passwords go out as written: ASCII
/// is its own SASLprep, and other letters are not normalised.
struct ScramExchange: Sendable {
    private enum Stage {
        case asked, proven, verified, refused
    }

    private let name: String
    private let hash: Digest.Algorithm
    private let password: [UInt8]
    private let isUserSecret: Bool
    private let nonce: [UInt8]
    /// What is said of channel binding, then as whom to act.
    private let header: [UInt8]
    /// What both ends of the TLS connection know, where it is bound.
    private let binding: [UInt8]
    private let firstBare: [UInt8]
    private var stage = Stage.asked
    private var serverSignature: [UInt8] = []

    init(
        _ name: String,
        _ hash: Digest.Algorithm,
        _ credentials: SASLCredentials,
        _ context: SASLContext,
        isBound: Bool = false
    ) throws(WireError) {
        let parts = [credentials.authorization, credentials.user, credentials.password]
        guard !parts.contains(where: { $0.contains(0) }) else {
            throw WireError(.verb, "\(name) cannot express a NUL in a name or password")
        }
        self.name = name
        self.hash = hash
        nonce = context.makeNonce()
        password = credentials.password
        isUserSecret = credentials.isUserSecret
        let authorization = saslName(credentials.authorization)
        let flag: String
        if isBound {
            guard let channel = context.bindings.first else {
                throw WireError(.mechanism, "AUTH \(name) binds a login to TLS, and there is none")
            }
            flag = "p=\(channel.kind.rawValue)"
            binding = channel.data
        } else {
            // RFC 5802 §6: a client that could bind says that it saw no offer to; the server, that
            // knows what it offered, finds out whether somebody took it away.
            flag = context.bindings.isEmpty || context.offersChannelBinding ? "n" : "y"
            binding = []
        }
        header = Array((flag + (authorization.isEmpty ? "," : ",a=")).utf8) + authorization + [0x2C]
        firstBare = Array("n=".utf8) + saslName(credentials.user) + Array(",r=".utf8) + nonce
    }

    var firstMessage: SASLMessage { SASLMessage(header + firstBare, isSecret: isUserSecret) }

    mutating func respond(to challenge: [UInt8]) throws(WireError) -> SASLMessage? {
        switch stage {
        case .asked: return try prove(challenge)
        case .proven: return try verify(challenge)
        case .verified, .refused: return nil
        }
    }

    /// More iterations than this keep a loop busy for more than a few milliseconds.
    static let iterationsOnLoop = 10_000

    func work(for challenge: [UInt8]) -> (@Sendable () -> Void)? {
        guard stage == .asked,
            let first = try? ScramServerFirst(challenge, extending: nonce, name),
            first.iterations > Self.iterationsOnLoop
        else { return nil }
        let cache = ScramKeyCache.shared
        let (hash, password) = (hash, password)
        guard !cache.holds(hash, password, first.salt, first.iterations) else { return nil }
        return { _ = cache.saltedPassword(hash, password, first.salt, first.iterations) }
    }

    func finish() throws(WireError) {
        guard stage == .verified else {
            throw .refused(name, "the server says yes without proving that it knows the password")
        }
    }

    // MARK: - Private

    private mutating func prove(_ message: [UInt8]) throws(WireError) -> SASLMessage {
        if try isExplanation(message) { return .empty }
        let first = try ScramServerFirst(message, extending: nonce, name)
        guard
            let keys = ScramKeys(
                hash,
                password: password,
                salt: first.salt,
                iterations: first.iterations
            )
        else { throw .forbidden(name) }
        var final = Array("c=".utf8) + Base64.encode(header + binding)
        final += ",r=".utf8
        final += first.nonce
        let dialogue = firstBare + [0x2C] + message + [0x2C] + final
        let proof = zip(keys.client, keyed(keys.stored, dialogue)).map { $0 ^ $1 }
        serverSignature = keyed(keys.server, dialogue)
        stage = .proven
        final += ",p=".utf8
        final += Base64.encode(proof)
        return SASLMessage(final, isSecret: true)
    }

    private mutating func verify(_ message: [UInt8]) throws(WireError) -> SASLMessage {
        if try isExplanation(message) { return .empty }
        guard message.starts(with: "v=".utf8) else {
            throw .refused(name, "the server's last message lacks its signature (v=)")
        }
        let value = message.dropFirst(2).prefix { $0 != 0x2C }
        guard let signature = Base64.decode(value) else {
            throw .refused(name, "the server's signature is no base64")
        }
        guard !serverSignature.isEmpty, signature == serverSignature else {
            throw .refused(
                name,
                "the server's signature is wrong: it does not know the password, or is not the"
                    + " server that the login was meant for"
            )
        }
        stage = .verified
        return .empty
    }

    /// Whether it is `e=`, which explains the refusal that follows; the reply itself is judged.
    /// Two explanations accuse somebody in between (RFC 5802 §6), and no `=>` admits that.
    private mutating func isExplanation(_ message: [UInt8]) throws(WireError) -> Bool {
        guard message.starts(with: "e=".utf8) else { return false }
        stage = .refused
        switch String(decoding: message.dropFirst(2).prefix { $0 != 0x2C }, as: UTF8.self) {
        case "server-does-support-channel-binding":
            throw .refused(
                name,
                "the server offers a -PLUS mechanism, and the offer that came here has none:"
                    + " somebody in between took it away"
            )
        case "channel-bindings-dont-match":
            throw .refused(
                name,
                "the server is at the end of another TLS connection than this one: somebody in"
                    + " between passes the login on"
            )
        default: return true
        }
    }

    private func keyed(_ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        Digest.hmac(hash, key: key, message)
    }
}
