/// Why a TLS connection ended badly.
public struct TLSFailure: Sendable, CustomStringConvertible {
    /// The dotted reason of the language's table, e.g. `tls.certificate.expired`, `tls.protocol` or
    /// `tls.handshake.failed`; `net.closed` for an end without close_notify after the handshake.
    public let reason: String
    /// What happened, in OpenSSL's words where they are its; safe to print.
    public let detail: String
    /// The alert that the peer sent, by its name in RFC 8446 section 6, e.g. `protocol_version`.
    public let alert: String?
    /// Everything wrong with the certificate, where verification took place.
    public let problems: [TLSProblem]
    /// The certificates presented, for the report.
    public let peer: TLSPeerChain?

    init(
        _ reason: String,
        _ detail: String,
        alert: String? = nil,
        problems: [TLSProblem] = [],
        peer: TLSPeerChain? = nil
    ) {
        self.reason = reason
        self.detail = detail
        self.alert = alert
        self.problems = problems
        self.peer = peer
    }

    /// The chain as presented, leaf first; empty where none arrived.
    public var chain: [Certificate] { peer?.certificates ?? [] }

    /// Reason and detail on one line.
    public var description: String { "\(reason): \(detail)" }
}
