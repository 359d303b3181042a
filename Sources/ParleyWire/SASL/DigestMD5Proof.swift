internal import ParleyTLS

/// What both sides of DIGEST-MD5 prove with `qop=auth` and a nonce that was not used before,
/// RFC 2831 §2.1.2.1 and §2.1.3.
struct DigestMD5Proof {
    /// `response`: the client's.
    let client: [UInt8]
    /// `rspauth`: the server's.
    let server: [UInt8]

    /// Computes both; names and password as they are hashed (``DigestMD5Text/narrow(_:)``).
    ///
    /// - Returns: `nil` where OpenSSL's configuration forbids the hash.
    init?(
        user: [UInt8],
        realm: [UInt8],
        password: [UInt8],
        authorization: [UInt8],
        serverNonce: [UInt8],
        clientNonce: [UInt8],
        target: [UInt8]
    ) {
        var session = Digest.md5(Array([user, realm, password].joined(separator: [0x3A])))
        guard !session.isEmpty else { return nil }
        session += [0x3A] + serverNonce + [0x3A] + clientNonce
        if !authorization.isEmpty { session += [0x3A] + authorization }
        func proof(_ action: String) -> [UInt8] {
            let parts = [
                hexadecimal(Digest.md5(session)), serverNonce, Array("00000001".utf8), clientNonce,
                Array("auth".utf8),
                hexadecimal(Digest.md5(Array(action.utf8) + [0x3A] + target)),
            ]
            return hexadecimal(Digest.md5(Array(parts.joined(separator: [0x3A]))))
        }
        client = proof("AUTHENTICATE")
        server = proof("")
    }
}
