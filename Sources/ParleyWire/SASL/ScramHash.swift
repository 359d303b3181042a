internal import ParleyTLS

/// The hashes that SCRAM is registered with.
public enum ScramHash: String, Hashable, Sendable, CaseIterable {
    /// SCRAM-SHA-1, RFC 5802.
    case sha1 = "SCRAM-SHA-1"
    /// SCRAM-SHA-256, RFC 7677.
    case sha256 = "SCRAM-SHA-256"

    var algorithm: Digest.Algorithm { self == .sha1 ? .sha1 : .sha256 }
}
