/// The server's side of DIGEST-MD5, RFC 2831, without a security layer; its realm is the server's
/// name.
///
/// ```
/// S: 334 (realm="mail.test",nonce="OA6MG9tEQGm2hh",qop="auth",charset=utf-8,algorithm=md5-sess)
/// C: (charset=utf-8,username="chris",realm="mail.test",nonce="OA6MG9tEQGm2hh",nc=00000001,…)
/// S: 334 (rspauth=ea40f60335c427b5527b84dbabcdfffd)
/// C: ()
/// S: 235 2.7.0 Authentication successful
/// ```
///
/// (What stands in brackets is in base64 on the wire.)
public struct DigestMD5Server: SASLServerMechanism {
    /// RFC 2831 §2.1.2: a response has fewer octets than that.
    private static let limit = 4096

    private let context: SASLServerContext
    private let nonce: [UInt8]

    /// An exchange.
    public init(_ context: SASLServerContext) {
        self.context = context
        nonce = context.makeNonce()
    }

    /// The challenge; a client that speaks first speaks of an earlier exchange (RFC 2831 §2.2).
    public mutating func start(_ initialResponse: [UInt8]?) -> SASLServerStep {
        guard initialResponse == nil else {
            return .failure(SASLServerFailure(.malformed, "DIGEST-MD5: the server speaks first"))
        }
        var challenge = Array("realm=".utf8) + DigestMD5Text.quoted(Array(context.host.utf8))
        challenge += ",nonce=".utf8 + DigestMD5Text.quoted(nonce)
        challenge += ",qop=\"auth\",charset=utf-8,algorithm=md5-sess".utf8
        return .challenge(challenge)
    }

    /// The client's proof.
    public mutating func next(_ response: [UInt8]) -> SASLServerStep {
        do throws(SASLServerFailure) {
            return try judge(response)
        } catch {
            return .failure(error)
        }
    }

    // MARK: - Private

    private func judge(_ response: [UInt8]) throws(SASLServerFailure) -> SASLServerStep {
        guard let list = DigestChallenge(response, limit: Self.limit) else {
            throw malformed("the response is no list of directives")
        }
        let isUnicode = try isUnicode(list)
        guard let user = list.only("username"), let proof = list.only("response"),
            let theirs = list.only("cnonce"), !theirs.isEmpty,
            let target = list.only("digest-uri"), target.starts(with: "\(context.service)/".utf8)
        else { throw malformed("a directive is missing, stands twice, or is of another service") }
        guard list.only("nonce") == nonce, list.only("nc") == Array("00000001".utf8) else {
            throw malformed("the nonce is not the one of this exchange, or was used before")
        }
        guard list.values(of: "realm") == [Array(context.host.utf8)] else {
            throw malformed("the realm is not the one that was offered")
        }
        let qop = list.values(of: "qop")
        guard qop.count <= 1, qop.allSatisfy({ $0.isWord("auth") }) else {
            throw malformed("a security layer (qop) that was not offered")
        }
        let name = isUnicode ? user : DigestMD5Text.unicode(user)
        let password = context.password(of: name)
        let authorization = list.only("authzid") ?? []
        let credentials = SASLCredentials(
            authorization: authorization,
            user: name,
            password: password ?? []
        )
        let known = DigestMD5Proof(
            user: DigestMD5Text.narrow(name),
            realm: Array(context.host.utf8),
            password: DigestMD5Text.narrow(password ?? []),
            authorization: authorization,
            serverNonce: nonce,
            clientNonce: theirs,
            target: target
        )
        let isRight = password != nil && known.map { $0.client == proof } == true
        let faults = context.faults
        guard isRight || !faults.isDisjoint(with: [.acceptAnybody, .wrongSignature, .noSignature])
        else { throw SASLServerFailure(.credentials, "the user or the proof is wrong") }
        guard !faults.contains(.noSignature) else { return .success(credentials, data: nil) }
        var signature = known?.server ?? []
        if faults.contains(.wrongSignature), let octet = signature.first {
            signature[0] = octet == 0x30 ? 0x31 : 0x30
        }
        return .success(credentials, data: Array("rspauth=".utf8) + signature)
    }

    private func isUnicode(_ list: DigestChallenge) throws(SASLServerFailure) -> Bool {
        let charsets = list.values(of: "charset")
        guard charsets.count <= 1, charsets.allSatisfy({ $0.isWord("utf-8") }) else {
            throw malformed("a charset other than utf-8")
        }
        return !charsets.isEmpty
    }

    private func malformed(_ why: String) -> SASLServerFailure {
        SASLServerFailure(.malformed, "DIGEST-MD5: \(why)")
    }
}
