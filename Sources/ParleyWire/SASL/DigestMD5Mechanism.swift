/// DIGEST-MD5, RFC 2831, without a security layer (`qop=auth`); historic since RFC 6331.
///
/// The first realm that the server offers is taken. Names and passwords go out as written.
///
/// ```
/// C: AUTH DIGEST-MD5
/// S: 334 (realm="mail.test",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8)
/// C: (charset=utf-8,username="chris",realm="mail.test",nonce="OA6MG9tEQGm2hh",nc=00000001,…)
/// S: 334 (rspauth=ea40f60335c427b5527b84dbabcdfffd)
/// C: ()
/// S: 235 2.7.0 Authentication successful
/// ```
///
/// (What stands in brackets is in base64 on the wire.)
public struct DigestMD5Mechanism: SASLMechanism {
    private enum Stage {
        case asked, proven, verified
    }

    /// `DIGEST-MD5`
    public static let name = "DIGEST-MD5"

    private let credentials: SASLCredentials
    private let nonce: [UInt8]
    /// `digest-uri`
    private let target: [UInt8]
    private var stage = Stage.asked
    private var serverProof: [UInt8] = []

    /// An exchange; a server without a name is called `localhost`.
    public init(_ credentials: SASLCredentials, _ context: SASLContext) {
        self.credentials = credentials
        nonce = context.makeNonce()
        let host = context.host.isEmpty ? Array("localhost".utf8) : context.host
        target = Array("\(context.service)/".utf8) + host
    }

    /// The server speaks first.
    public mutating func initialResponse() -> SASLMessage? { nil }

    /// The proof that we know the password, then nothing once the server has proven the same.
    public mutating func respond(to challenge: [UInt8]) throws(WireError) -> SASLMessage? {
        switch stage {
        case .asked: return try prove(challenge)
        case .proven: return try verify(challenge)
        case .verified: return nil
        }
    }

    /// The server must have proven that it knows the password.
    public func finish() throws(WireError) {
        guard stage == .verified else {
            throw .refused(
                Self.name,
                "the server says yes without proving that it knows the password"
            )
        }
    }

    // MARK: - Private

    private mutating func prove(_ message: [UInt8]) throws(WireError) -> SASLMessage {
        guard let challenge = DigestChallenge(message) else {
            throw .refused(Self.name, "the server's challenge is no list of directives")
        }
        let (theirs, isUnicode) = try Self.check(challenge)
        let realm = challenge.values(of: "realm").first
        guard
            let proof = DigestMD5Proof(
                user: try Self.hashed(credentials.user, isUnicode),
                realm: realm.map { isUnicode ? DigestMD5Text.narrow($0) : $0 } ?? [],
                password: try Self.hashed(credentials.password, isUnicode),
                authorization: credentials.authorization,
                serverNonce: theirs,
                clientNonce: nonce,
                target: target
            )
        else { throw .forbidden(Self.name) }
        serverProof = proof.server
        stage = .proven

        var answer = Array((isUnicode ? "charset=utf-8,username=" : "username=").utf8)
        answer += DigestMD5Text.quoted(try Self.sent(credentials.user, isUnicode))
        if let realm { answer += ",realm=".utf8 + DigestMD5Text.quoted(realm) }
        answer += ",nonce=".utf8 + DigestMD5Text.quoted(theirs)
        answer += ",nc=00000001,cnonce=".utf8 + DigestMD5Text.quoted(nonce)
        answer += ",digest-uri=".utf8 + DigestMD5Text.quoted(target)
        answer += ",response=".utf8 + proof.client
        answer += ",qop=auth".utf8
        if !credentials.authorization.isEmpty {
            answer += ",authzid=".utf8 + DigestMD5Text.quoted(credentials.authorization)
        }
        return SASLMessage(answer, isSecret: true)
    }

    private mutating func verify(_ message: [UInt8]) throws(WireError) -> SASLMessage {
        guard let proof = DigestChallenge(message)?.only("rspauth") else {
            throw .refused(Self.name, "the server's last message lacks its proof (rspauth=)")
        }
        guard proof == serverProof else {
            throw .refused(Self.name, "the server's proof is wrong: it does not know the password")
        }
        stage = .verified
        return .empty
    }

    /// The server's nonce, and whether it speaks UTF-8.
    private static func check(
        _ challenge: DigestChallenge
    ) throws(WireError) -> (nonce: [UInt8], isUnicode: Bool) {
        guard let nonce = challenge.only("nonce"), !nonce.isEmpty else {
            throw .refused(name, "the server's challenge has no nonce, or several")
        }
        guard let algorithm = challenge.only("algorithm"),
            algorithm.isWord("md5-sess")
        else {
            throw .refused(name, "the server's challenge does not say algorithm=md5-sess")
        }
        let offers = challenge.values(of: "qop").flatMap { $0.split(separator: 0x2C) }
            .map { $0.filter { $0 != 0x20 && $0 != 0x09 } }
        guard offers.isEmpty || offers.contains(where: { $0.isWord("auth") }) else {
            throw .refused(name, "the server demands a security layer (qop), which is left to TLS")
        }
        let charsets = challenge.values(of: "charset")
        guard charsets.allSatisfy({ $0.isWord("utf-8") }), charsets.count <= 1 else {
            throw .refused(name, "the server's challenge has a charset other than utf-8")
        }
        return (nonce, !charsets.isEmpty)
    }

    /// The text as it is hashed: in ISO 8859-1 where that can hold it, RFC 2831 §2.1.2.1.
    private static func hashed(_ text: [UInt8], _ isUnicode: Bool) throws(WireError) -> [UInt8] {
        isUnicode ? DigestMD5Text.narrow(text) : try sent(text, isUnicode)
    }

    private static func sent(_ text: [UInt8], _ isUnicode: Bool) throws(WireError) -> [UInt8] {
        guard !isUnicode else { return text }
        guard let narrow = DigestMD5Text.latin1(text) else {
            throw WireError(
                .verb,
                "AUTH \(name): the name or password has letters beyond ISO 8859-1, and the server"
                    + " takes no UTF-8"
            )
        }
        return narrow
    }
}
