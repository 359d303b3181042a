public import ParleyTLS
import ParleyVerbs

/// What a client offers and demands, as far as the script says. Sessions of equal settings share a
/// context.
public struct TLSSettings: Hashable, Sendable {
    /// Where the key of the client's certificate is.
    public enum Key: Hashable, Sendable {
        /// In a file below the script's folder.
        case file(String)
        /// In a secret, as PEM text.
        case octets([UInt8])
    }

    /// The least version offered.
    public var minimum: TLSVersion?
    /// The greatest version offered.
    public var maximum: TLSVersion?
    /// All ciphers and suites that are offered.
    public var ciphers: TLSCipherList?
    /// The groups that are offered, joined by colons.
    public var groups: String?
    /// The signature algorithms that the server may use, joined by colons.
    public var signatureAlgorithms: String?
    /// The application protocols that are offered.
    public var applicationProtocols: [String]?
    /// OpenSSL's security level.
    public var securityLevel: Int?
    /// Whether session tickets are asked for.
    public var usesTickets: Bool?
    /// Whether a good OCSP response must be stapled.
    public var demandsStapling: Bool?
    /// The path of the client's certificate, below the script's folder.
    public var certificateFile: String?
    /// Its key.
    public var key: Key?

    /// Nothing is said.
    public init() {}

    /// These settings, and those of `other` in the place of the same ones.
    func merged(with other: TLSSettings) -> TLSSettings {
        var merged = self
        merged.minimum = other.minimum ?? minimum
        merged.maximum = other.maximum ?? maximum
        merged.ciphers = other.ciphers ?? ciphers
        merged.groups = other.groups ?? groups
        merged.signatureAlgorithms = other.signatureAlgorithms ?? signatureAlgorithms
        merged.applicationProtocols = other.applicationProtocols ?? applicationProtocols
        merged.securityLevel = other.securityLevel ?? securityLevel
        merged.usesTickets = other.usesTickets ?? usesTickets
        merged.demandsStapling = other.demandsStapling ?? demandsStapling
        merged.certificateFile = other.certificateFile ?? certificateFile
        merged.key = other.key ?? key
        return merged
    }

    /// Sets what a clause says.
    mutating func set(_ clause: TLSClause, _ text: String) throws(ScriptError) {
        switch clause {
        case .minimum: minimum = try Self.version(text)
        case .maximum: maximum = try Self.version(text)
        case .ciphers:
            try Self.refuse(TLSNames.unknownCipher(in: text), "cipher")
            ciphers = TLSCipherList(text)
        case .groups:
            try Self.refuse(TLSNames.unknownGroup(in: text), "group")
            groups = text
        case .signatures:
            try Self.refuse(TLSNames.unknownSignatureAlgorithm(in: text), "signature algorithm")
            signatureAlgorithms = text
        case .applicationProtocols:
            applicationProtocols = text.split(separator: ",").map(String.init)
        case .level:
            guard let level = Int(text), (0...5).contains(level) else {
                throw .value("\(Value.quote(text, 40)) is no security level from 0 to 5")
            }
            securityLevel = level
        case .noTickets: usesTickets = false
        case .staple: demandsStapling = true
        case .certificate: certificateFile = text
        case .key: key = .file(text)
        case .verification, .authority, .resumption, .tlsa: break
        }
    }

    private static func version(_ text: String) throws(ScriptError) -> TLSVersion {
        guard let version = TLSVersion(text) else {
            throw .value("\(Value.quote(text, 40)) is no version of TLS; write TLSv1.2")
        }
        return version
    }

    private static func refuse(_ unknown: String?, _ what: String) throws(ScriptError) {
        guard let unknown else { return }
        throw .value("this OpenSSL knows no \(what) \(Value.quote(unknown, 60))")
    }
}
