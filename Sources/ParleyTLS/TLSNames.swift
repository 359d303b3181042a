import COpenSSL

/// Which names of ciphers, groups and signature algorithms this machine's OpenSSL knows.
///
/// OpenSSL passes over unknown ciphers in silence as long as one of the list is known; here each
/// element is tried on its own, so that a misspelt one is found.
public enum TLSNames {
    /// The first element of a cipher list that is unknown; nil where all are known.
    public static func unknownCipher(in text: String) -> String? {
        let list = TLSCipherList(text)
        for suite in elements(list.suites) where !suites.contains(suite) { return suite }
        guard let scratch = Scratch() else { return nil }
        for element in elements(list.ciphers) {
            if element == "@STRENGTH" { continue }
            if element.hasPrefix("@SECLEVEL=") {
                guard let level = Int(element.dropFirst(10)), (0...5).contains(level) else {
                    return element
                }
                continue
            }
            let name = element.drop { "!-+".contains($0) }
            // Parts joined by + are a selection: each must be known, not their intersection.
            for part in name.split(separator: "+", omittingEmptySubsequences: false)
            where !keywords.contains(String(part)) && !scratch.takes(cipher: String(part)) {
                return element
            }
        }
        return nil
    }

    /// The first group that is unknown; nil where all are known.
    public static func unknownGroup(in text: String) -> String? {
        guard let scratch = Scratch() else { return nil }
        return elements(text).first { !scratch.takes(group: $0) }
    }

    /// The first signature algorithm that is unknown; nil where all are known.
    public static func unknownSignatureAlgorithm(in text: String) -> String? {
        guard let scratch = Scratch() else { return nil }
        return elements(text).first { !scratch.takes(signatureAlgorithm: $0) }
    }

    /// The suites of TLS 1.3.
    public static let suites = CipherSuite.modern.map(\.name)

    /// Groups by their usual names.
    public static let groups = [
        "X25519", "X448", "P-256", "P-384", "P-521", "P-224", "P-192", "brainpoolP256r1",
        "brainpoolP384r1", "brainpoolP512r1", "secp256k1", "ffdhe2048", "ffdhe3072", "ffdhe4096",
        "ffdhe6144", "ffdhe8192",
    ]

    /// Signature algorithms by their names in TLS 1.3.
    public static let signatureAlgorithms = [
        "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512", "ed25519",
        "ed448", "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512",
        "rsa_pss_pss_sha256", "rsa_pss_pss_sha384", "rsa_pss_pss_sha512", "rsa_pkcs1_sha256",
        "rsa_pkcs1_sha384", "rsa_pkcs1_sha512", "ECDSA+SHA256", "RSA+SHA256", "RSA-PSS+SHA256",
        "ECDSA+SHA1", "RSA+SHA1",
    ]

    /// The ciphers of TLS 1.2 and before that this OpenSSL has, by its names, strongest first; with
    /// them the suites of TLS 1.3. Those without authentication or encryption are among them.
    public static func ciphers() -> [String] {
        Scratch()?.cipherNames() ?? suites
    }

    /// Words of OpenSSL's lists that select nothing in some builds and are no mistake for that.
    private static let keywords: Set<String> = [
        "DEFAULT", "ALL", "COMPLEMENTOFALL", "COMPLEMENTOFDEFAULT", "HIGH", "MEDIUM", "LOW", "EXP",
        "EXPORT", "aNULL", "eNULL", "NULL", "kRSA", "RSA", "kDHE", "DHE", "kEDH", "EDH", "ADH",
        "kECDHE", "ECDHE", "kEECDH", "EECDH", "AECDH", "ECDH", "kECDH", "aRSA", "aDSS", "DSS",
        "aECDSA", "ECDSA", "PSK", "SRP", "kPSK", "aPSK", "AES", "AES128", "AES256", "AESGCM",
        "AESCCM", "AESCCM8", "CHACHA20", "ARIA", "ARIA128", "ARIA256", "CAMELLIA", "CAMELLIA128",
        "CAMELLIA256", "3DES", "DES", "RC4", "RC2", "IDEA", "SEED", "MD5", "SHA", "SHA1", "SHA256",
        "SHA384", "SSLv2", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.2", "SUITEB128", "SUITEB192",
    ]

    private static func elements(_ text: String?) -> [String] {
        (text ?? "").split(separator: ":", omittingEmptySubsequences: true).map(String.init)
    }

    /// A context that exists to try names on.
    private struct Scratch {
        private let handle: ContextHandle

        init?() {
            guard (try? OpenSSLLibrary.start()) != nil, let made = SSL_CTX_new(TLS_client_method())
            else { return nil }
            handle = ContextHandle(owning: made)
            SSL_CTX_set_security_level(made, 0)
        }

        func takes(cipher: String) -> Bool {
            asked { SSL_CTX_set_cipher_list(handle.pointer, cipher) == 1 }
        }

        func takes(group: String) -> Bool {
            asked { parley_ctx_set_groups(handle.pointer, group) == 1 }
        }

        func takes(signatureAlgorithm: String) -> Bool {
            asked { parley_ctx_set_signature_algorithms(handle.pointer, signatureAlgorithm) == 1 }
        }

        func cipherNames() -> [String] {
            guard asked({ SSL_CTX_set_cipher_list(handle.pointer, "ALL:COMPLEMENTOFALL") == 1 })
            else { return TLSNames.suites }
            let list = SSL_CTX_get_ciphers(handle.pointer)
            var names: [String] = []
            for index in 0..<max(0, parley_ciphers_count(list)) {
                guard let name = SSL_CIPHER_get_name(parley_ciphers_at(list, index)) else {
                    continue
                }
                names.append(String(cString: name))
            }
            return names + TLSNames.suites.filter { !names.contains($0) }
        }

        private func asked(_ body: () -> Bool) -> Bool {
            ErrorQueue.clear()
            defer { ErrorQueue.clear() }
            return body()
        }
    }
}
