internal import ParleyTLS
internal import Synchronization

/// The keys of RFC 5802 §3 that a password, a salt and a number of iterations make.
struct ScramKeys: Sendable {
    /// `ClientKey`: whoever has it can log in.
    let client: [UInt8]
    /// `StoredKey`: what a server keeps.
    let stored: [UInt8]
    /// `ServerKey`: what proves a server.
    let server: [UInt8]

    /// Derives the keys, or remembers them.
    ///
    /// - Returns: `nil` where OpenSSL's configuration forbids the hash, or a parameter is out of
    ///   range.
    init?(_ hash: Digest.Algorithm, password: [UInt8], salt: [UInt8], iterations: Int) {
        let salted = ScramKeyCache.shared.saltedPassword(hash, password, salt, iterations)
        client = Digest.hmac(hash, key: salted, Array("Client Key".utf8))
        stored = Digest.hash(hash, client)
        server = Digest.hmac(hash, key: salted, Array("Server Key".utf8))
        guard !salted.isEmpty, !client.isEmpty, !stored.isEmpty, !server.isEmpty else { return nil }
    }
}

/// Salted passwords by what they were made of: a login that comes again costs no iterations.
///
/// An entry is found by a keyed hash under a key of this process, so that nothing in the index can
/// be tried against a list of passwords, and another password for the same user finds nothing.
final class ScramKeyCache: Sendable {
    static let shared = ScramKeyCache()

    /// Entries that are kept; about 100 octets each.
    static let capacity = 1024

    private let secret = SecureRandom.bytes(32)
    private let entries = Mutex<[[UInt8]: [UInt8]]>([:])

    /// PBKDF2 of the password; empty where that cannot be computed.
    func saltedPassword(
        _ hash: Digest.Algorithm,
        _ password: [UInt8],
        _ salt: [UInt8],
        _ iterations: Int
    ) -> [UInt8] {
        let name = index(hash, password, salt, iterations)
        if !name.isEmpty, let known = entries.withLock({ $0[name] }) { return known }
        let salted = Digest.pbkdf2(
            hash,
            password: password,
            salt: salt,
            iterations: iterations,
            length: hash.length
        )
        guard !salted.isEmpty, !name.isEmpty else { return salted }
        entries.withLock { entries in
            // Peers choose salts: what they fill up is thrown away as a whole.
            if entries.count >= Self.capacity { entries.removeAll(keepingCapacity: true) }
            entries[name] = salted
        }
        return salted
    }

    /// Whether the key is known already.
    func holds(
        _ hash: Digest.Algorithm,
        _ password: [UInt8],
        _ salt: [UInt8],
        _ iterations: Int
    ) -> Bool {
        let name = index(hash, password, salt, iterations)
        return entries.withLock { $0[name] != nil }
    }

    /// Each part is preceded by its length, so that no two sets of parts look alike.
    private func index(
        _ hash: Digest.Algorithm,
        _ password: [UInt8],
        _ salt: [UInt8],
        _ iterations: Int
    ) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(password.count + salt.count + 64)
        for part in [Array(hash.rawValue.utf8), password, salt] {
            message += "\(part.count):".utf8
            message += part
        }
        message += "\(iterations)".utf8
        return Digest.hmac(.sha256, key: secret, message)
    }
}
