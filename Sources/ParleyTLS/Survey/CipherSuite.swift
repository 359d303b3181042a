/// A cipher suite by its number in the registry of IANA, with the name that OpenSSL gives it.
///
/// The table holds suites that OpenSSL itself no longer speaks: a survey asks for them all.
struct CipherSuite: Sendable, Hashable {
    /// The number on the wire.
    let number: UInt16
    /// `ECDHE-RSA-AES128-GCM-SHA256`, `TLS_AES_128_GCM_SHA256`
    let name: String

    /// Those of TLS 1.3, RFC 8446 appendix B.4.
    static let modern = suites(
        """
        1302 TLS_AES_256_GCM_SHA384
        1303 TLS_CHACHA20_POLY1305_SHA256
        1301 TLS_AES_128_GCM_SHA256
        1304 TLS_AES_128_CCM_SHA256
        1305 TLS_AES_128_CCM_8_SHA256
        """
    )

    /// Those of the versions before, what a careful client would want first.
    static let classic = suites(common) + suites(rare)

    /// The name of a number; hexadecimal if it has none here.
    static func name(of number: UInt16) -> String {
        names[number] ?? "0x" + String(number, radix: 16, uppercase: true)
    }

    /// Whether the key exchange is by elliptic curves with fresh keys.
    var isEllipticEphemeral: Bool { name.hasPrefix("ECDHE-") || name.hasPrefix("AECDH-") }

    private static let names: [UInt16: String] = Dictionary(
        (modern + classic).map { ($0.number, $0.name) },
        uniquingKeysWith: { first, _ in first }
    )

    private static func suites(_ table: String) -> [CipherSuite] {
        table.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 2, let number = UInt16(words[0], radix: 16) else { return nil }
            return CipherSuite(number: number, name: String(words[1]))
        }
    }
}
