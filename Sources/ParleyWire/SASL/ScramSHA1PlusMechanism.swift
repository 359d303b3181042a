/// SCRAM-SHA-1-PLUS, RFC 5802, with channel binding: the proof of the password covers the TLS
/// connection, so that somebody in between can neither read it nor pass it on.
public enum ScramSHA1Plus: ScramForm {
    /// SHA-1.
    public static let hash = ScramHash.sha1

    /// That is what it is for.
    public static let bindsChannel = true
}

/// The client's side of SCRAM-SHA-1-PLUS.
public typealias ScramSHA1PlusMechanism = ScramMechanism<ScramSHA1Plus>
