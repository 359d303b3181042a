import COpenSSL

/// Hashes, keyed hashes and key derivation.
public enum Digest {
    /// A hash function.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// MD5 (RFC 1321), for APOP and CRAM-MD5 only.
        case md5
        /// SHA-1 (RFC 3174), for SCRAM-SHA-1 only.
        case sha1
        /// SHA-256 (FIPS 180-4).
        case sha256
        /// SHA-512 (FIPS 180-4).
        case sha512

        var method: OpaquePointer? {
            switch self {
            case .md5: EVP_md5()
            case .sha1: EVP_sha1()
            case .sha256: EVP_sha256()
            case .sha512: EVP_sha512()
            }
        }

        /// The length of the hash in bytes.
        public var length: Int {
            switch self {
            case .md5: 16
            case .sha1: 20
            case .sha256: 32
            case .sha512: 64
            }
        }
    }

    /// The hash of the bytes; empty where OpenSSL's configuration forbids the algorithm.
    public static func hash(_ algorithm: Algorithm, _ bytes: [UInt8]) -> [UInt8] {
        output(of: algorithm) { target, length in
            EVP_Digest(bytes, bytes.count, target, length, algorithm.method, nil) == 1
        }
    }

    /// SHA-256 of the bytes.
    public static func sha256(_ bytes: [UInt8]) -> [UInt8] { hash(.sha256, bytes) }

    /// SHA-1 of the bytes.
    public static func sha1(_ bytes: [UInt8]) -> [UInt8] { hash(.sha1, bytes) }

    /// MD5 of the bytes.
    public static func md5(_ bytes: [UInt8]) -> [UInt8] { hash(.md5, bytes) }

    /// The keyed hash of RFC 2104; empty where OpenSSL's configuration forbids the algorithm.
    public static func hmac(
        _ algorithm: Algorithm,
        key: [UInt8],
        _ message: [UInt8]
    ) -> [UInt8] {
        guard let keyLength = Int32(exactly: key.count) else { return [] }
        return output(of: algorithm) { target, length in
            // A null key means "the former one" to OpenSSL; an empty array's address may be null.
            let key = key.isEmpty ? [0] : key
            return HMAC(
                algorithm.method,
                key,
                keyLength,
                message,
                message.count,
                target,
                length
            ) != nil
        }
    }

    /// PBKDF2 (RFC 8018 section 5.2). Bound `iterations` where a peer names them: a million take
    /// about half a second.
    ///
    /// - Returns: the key, or nothing where a parameter is out of range.
    public static func pbkdf2(
        _ algorithm: Algorithm,
        password: [UInt8],
        salt: [UInt8],
        iterations: Int,
        length: Int
    ) -> [UInt8] {
        guard let rounds = Int32(exactly: iterations), rounds > 0,
            let size = Int32(exactly: length), (1...4096).contains(size),
            let passwordLength = Int32(exactly: password.count),
            let saltLength = Int32(exactly: salt.count)
        else { return [] }
        var key = [UInt8](repeating: 0, count: length)
        ErrorQueue.clear()
        let characters = (password.isEmpty ? [0] : password).map(CChar.init(bitPattern:))
        let result = PKCS5_PBKDF2_HMAC(
            characters,
            passwordLength,
            salt,
            saltLength,
            rounds,
            algorithm.method,
            size,
            &key
        )
        ErrorQueue.clear()
        return result == 1 ? key : []
    }

    private static func output(
        of algorithm: Algorithm,
        _ body: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt32>) -> Bool
    ) -> [UInt8] {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        return [UInt8](unsafeUninitializedCapacity: algorithm.length) { buffer, count in
            var length: UInt32 = 0
            count = body(buffer.baseAddress, &length) ? Int(length) : 0
        }
    }
}
