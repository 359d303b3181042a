/// SCRAM-SHA-256-PLUS, RFC 7677, with channel binding: the proof of the password covers the TLS
/// connection, so that somebody in between can neither read it nor pass it on.
public enum ScramSHA256Plus: ScramForm {
    /// SHA-256.
    public static let hash = ScramHash.sha256

    /// That is what it is for.
    public static let bindsChannel = true
}

/// The client's side of SCRAM-SHA-256-PLUS.
public typealias ScramSHA256PlusMechanism = ScramMechanism<ScramSHA256Plus>
