import ParleyTLS

/// A `connect` whose handshake failed: there is no session to look at, and its chain all the same.
struct FailedHandshake {
    /// The sentence on it.
    var message: String
    /// The reason: `tls.certificate.expired`.
    var reason: String
    /// What the peer had shown, its own certificate first.
    var certificates: [Certificate]
}
