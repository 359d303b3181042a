internal import ParleyTLS

/// The server's side of CRAM-MD5, RFC 2195: a challenge that nobody saw before, hashed by the
/// client with its password.
public struct CramMD5Server: SASLServerMechanism {
    private let context: SASLServerContext
    private let challenge: [UInt8]

    /// An exchange.
    public init(_ context: SASLServerContext) {
        self.context = context
        challenge = [0x3C] + context.makeNonce() + Array("@\(context.host)>".utf8)
    }

    /// The challenge; a client cannot speak first.
    public mutating func start(_ initialResponse: [UInt8]?) -> SASLServerStep {
        guard initialResponse == nil else {
            return .failure(SASLServerFailure(.malformed, "CRAM-MD5: the server speaks first"))
        }
        return .challenge(challenge)
    }

    /// `user SP hash`
    public mutating func next(_ response: [UInt8]) -> SASLServerStep {
        // The user's name may hold spaces, the hash cannot.
        guard let space = response.lastIndex(of: 0x20) else {
            return .failure(SASLServerFailure(.malformed, "CRAM-MD5 has a name and a hash"))
        }
        let user = Array(response[..<space])
        let password = context.password(of: user)
        let hash = password.map { hexadecimal(Digest.hmac(.md5, key: $0, challenge)) } ?? []
        let isRight = !hash.isEmpty && response[response.index(after: space)...].elementsEqual(hash)
        guard isRight || context.faults.contains(.acceptAnybody) else {
            return .failure(SASLServerFailure(.credentials, "the user or the hash is wrong"))
        }
        return .success(SASLCredentials(user: user, password: password ?? []), data: nil)
    }
}
