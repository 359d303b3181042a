/// A clause about TLS, which `connect` and every verb that starts TLS take.
public enum TLSClause: String, CaseIterable, Sendable {
    /// How much of the certificate must be right.
    case verification = "verify"
    /// Whom to trust.
    case authority = "ca"
    /// The least version offered.
    case minimum = "min"
    /// The greatest version offered.
    case maximum = "max"
    /// All ciphers and suites that are offered.
    case ciphers
    /// The groups of the key exchange that are offered.
    case groups
    /// The signature algorithms that the server may use.
    case signatures = "sigalgs"
    /// The application protocols that are offered (RFC 7301).
    case applicationProtocols = "alpn"
    /// OpenSSL's security level.
    case level = "seclevel"
    /// No session tickets are asked for.
    case noTickets = "no tickets"
    /// Which earlier session's TLS is resumed.
    case resumption = "resume"
    /// A stapled OCSP response must be there and good.
    case staple
    /// The client's certificate.
    case certificate = "cert"
    /// Its key.
    case key
    /// The records of DANE that the certificate is judged by.
    case tlsa

    /// The rows of the clauses for a verb's table, in the order of the reference.
    public static let table: [ClauseSpec] = allCases.map(\.spec)

    /// The clause of a row; nil for one that is not about TLS.
    public init?(_ spec: ClauseSpec) {
        self.init(rawValue: spec.name)
    }

    private var spec: ClauseSpec {
        let words = rawValue.split(separator: " ").map(String.init)
        return switch self {
        case .verification:
            ClauseSpec(words, SlotSpec("level", .keyword(["full", "chain", "none"])))
        case .authority, .certificate, .key: ClauseSpec(words, SlotSpec("file", .file))
        case .minimum, .maximum: ClauseSpec(words, SlotSpec("version", .text))
        case .ciphers, .groups, .signatures: ClauseSpec(words, SlotSpec("list", .text))
        case .applicationProtocols: ClauseSpec(words, SlotSpec("names", .text))
        case .level: ClauseSpec(words, SlotSpec("number", .number))
        case .resumption: ClauseSpec(words, SlotSpec("session", .text))
        case .tlsa: ClauseSpec(words, SlotSpec("record", .text))
        case .noTickets, .staple: ClauseSpec(words)
        }
    }
}
