/// A group for the key exchange, by its number in the registry of IANA.
struct NamedGroup: Sendable, Hashable {
    /// The number on the wire.
    let number: UInt16
    /// The name as the registry writes it.
    let name: String

    /// Those that TLS 1.3 may use, RFC 8446 §4.2.7 and the hybrids with ML-KEM.
    static let modern: [NamedGroup] = [
        .init(4588, "X25519MLKEM768"), .init(4587, "SecP256r1MLKEM768"),
        .init(4589, "SecP384r1MLKEM1024"), .init(29, "x25519"), .init(23, "secp256r1"),
        .init(30, "x448"), .init(24, "secp384r1"), .init(25, "secp521r1"),
        .init(31, "brainpoolP256r1tls13"), .init(32, "brainpoolP384r1tls13"),
        .init(33, "brainpoolP512r1tls13"), .init(41, "curveSM2"), .init(256, "ffdhe2048"),
        .init(257, "ffdhe3072"), .init(258, "ffdhe4096"), .init(259, "ffdhe6144"),
        .init(260, "ffdhe8192"),
    ]

    /// The curves of TLS 1.2 and before, RFC 4492 §5.1.1, RFC 7027 and RFC 8422.
    static let classic: [NamedGroup] = [
        .init(29, "x25519"), .init(23, "secp256r1"), .init(30, "x448"), .init(24, "secp384r1"),
        .init(25, "secp521r1"), .init(26, "brainpoolP256r1"), .init(27, "brainpoolP384r1"),
        .init(28, "brainpoolP512r1"), .init(22, "secp256k1"), .init(21, "secp224r1"),
        .init(20, "secp224k1"), .init(19, "secp192r1"), .init(18, "secp192k1"),
        .init(17, "secp160r2"), .init(16, "secp160r1"), .init(15, "secp160k1"),
        .init(14, "sect571r1"), .init(13, "sect571k1"), .init(12, "sect409r1"),
        .init(11, "sect409k1"), .init(10, "sect283r1"), .init(9, "sect283k1"),
        .init(8, "sect239k1"), .init(7, "sect233r1"), .init(6, "sect233k1"), .init(5, "sect193r2"),
        .init(4, "sect193r1"), .init(3, "sect163r2"), .init(2, "sect163r1"), .init(1, "sect163k1"),
    ]

    private init(_ number: UInt16, _ name: String) {
        self.number = number
        self.name = name
    }

    /// The name of a number; the number itself if it has none here.
    static func name(of number: UInt16) -> String {
        (modern + classic).first { $0.number == number }?.name ?? "group \(number)"
    }
}
