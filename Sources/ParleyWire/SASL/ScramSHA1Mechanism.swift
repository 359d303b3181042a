/// SCRAM-SHA-1, RFC 5802, without channel binding.
public enum ScramSHA1: ScramForm {
    /// SHA-1.
    public static let hash = ScramHash.sha1

    /// It does not.
    public static let bindsChannel = false
}

/// The client's side of SCRAM-SHA-1.
public typealias ScramSHA1Mechanism = ScramMechanism<ScramSHA1>
