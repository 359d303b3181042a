/// SCRAM-SHA-256, RFC 7677, without channel binding.
public enum ScramSHA256: ScramForm {
    /// SHA-256.
    public static let hash = ScramHash.sha256

    /// It does not.
    public static let bindsChannel = false
}

/// The client's side of SCRAM-SHA-256.
public typealias ScramSHA256Mechanism = ScramMechanism<ScramSHA256>
