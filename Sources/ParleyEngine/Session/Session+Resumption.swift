import ParleyMachine
import ParleyNetwork
import ParleyTLS

extension Session {
    /// The earlier TLS session to offer, if the script wants one resumed and there is one.
    func sessionToResume(_ tls: TLSRequest, _ context: TLSClientContext) -> TLSSession? {
        switch tls.resumption {
        case nil: return nil
        case .session(let handle): return (handle as? Session)?.tlsEngine?.session
        case .auto:
            let key = ResumptionCache.Key(
                test: identity.test,
                attempt: identity.attempt,
                target: request.target.endpoint,
                name: verifiedHost,
                context: ObjectIdentifier(context)
            )
            resumptionKey = key
            return run.resumption.session(key)
        }
    }

    /// Keeps the TLS session for the next `resume auto`. Called when the session is left, because
    /// the tickets of TLS 1.3 come behind the handshake.
    func keepForResumption() {
        guard let key = resumptionKey, let session = tlsEngine?.session else { return }
        resumptionKey = nil
        run.resumption.keep(session, key)
    }
}
