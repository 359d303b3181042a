/// The kind of a value, as the checker knows it before anything runs.
public indirect enum Kind: Hashable, Sendable {
    case bool, int, float, string, bytes, regex, duration, size, instant
    /// A reply code, 100–599; compares with whole numbers.
    case code
    /// An enhanced status code (RFC 3463).
    case enhanced
    case address, domain, ip, endpoint
    /// `TLSv1.2`
    case tlsVersion
    /// A whole reply: code, enhanced, text, lines, raw, took.
    case reply
    /// What EHLO advertised.
    case capabilities
    /// The connection's TLS values.
    case tls
    /// What a server speaks of TLS: versions, ciphers, groups.
    case offers
    /// One certificate; `cert` is the peer's own, `cert.chain` all of them.
    case certificate
    /// A certificate's public key: kind, size.
    case key
    /// A session: peer, protocol, state, banner, transcript.
    case session
    /// A scripted server: address, log.
    case server
    /// A scripted server's log.
    case log
    /// A row of CSV, an object of JSON: names to values.
    case record
    case list(Kind)
    case map(Kind)
    case optional(Kind)
    /// A value that must never be shown, and the kind it would otherwise have.
    case secret(Kind)
    /// Built-in name spaces such as `run` and `probe`.
    case namespace(String)
    /// What an erroneous expression has; fits everything, so that one mistake is reported once.
    case unknown
}
