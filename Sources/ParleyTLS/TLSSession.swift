import COpenSSL

/// A session that a later connection may resume. It remembers how its certificate was judged, so
/// that resuming never passes for a verification that did not take place.
public final class TLSSession: @unchecked Sendable {
    // OpenSSL counts references atomically; nothing here changes the session.
    let pointer: OpaquePointer
    let judgement: Judgement
    let findings: [HandshakeRecord.Finding]
    let presented: TLSPeerChain?
    let isDANE: Bool?

    /// What the certificate was judged by.
    struct Judgement: Equatable {
        /// The client's or server's context, kept for as long as its callbacks may run.
        let context: AnyObject
        let verification: TLSVerification
        let name: TLSVerifyName?
        let tlsa: [TLSARecord]

        static func == (left: Judgement, right: Judgement) -> Bool {
            left.context === right.context && left.verification == right.verification
                && left.name == right.name && left.tlsa == right.tlsa
        }
    }

    init(
        owning pointer: OpaquePointer,
        _ judgement: Judgement,
        _ record: HandshakeRecord
    ) {
        self.pointer = pointer
        self.judgement = judgement
        findings = record.findings
        presented = record.presented
        isDANE = record.isDANE
    }

    deinit {
        SSL_SESSION_free(pointer)
    }

    /// Whether a connection judged like this may skip the certificate at `time`.
    func serves(_ wanted: Judgement, at time: Int64) -> Bool {
        guard judgement == wanted, SSL_SESSION_is_resumable(pointer) == 1 else { return false }
        guard wanted.verification != .none, let leaf = presented?.certificates.first else {
            return true
        }
        return leaf.notBefore <= time && time <= leaf.notAfter
    }
}
