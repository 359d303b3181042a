import ParleyMachine
import ParleyNetwork

extension Session {
    /// The transport's failure in the words of the reasons. What a proxy in between does is never
    /// the server's own failure.
    func failure(of error: TransportError) -> SessionFailure {
        var (reason, message) = words(for: error.code)
        if isBeforeProxy, reason.hasPrefix("net.") || reason.hasPrefix("dns.") {
            reason = error.code == .reset ? "local.proxy.lost" : "local.proxy.unreachable"
        }
        if case .unix(let path) = transportTarget.endpoint, error.code == .refused {
            message = "nobody listens on the unix socket \(path)"
        }
        var notes = error.attempts.map(\.summary)
        if notes.isEmpty, !error.detail.isEmpty { notes = [error.detail] }
        if let advice = advice(on: error.code) { notes.append(advice) }
        return SessionFailure(reason: reason, stage: stage, message: message, notes: notes)
    }

    private func words(for code: TransportError.Code) -> (reason: String, message: String) {
        let target = transportName
        switch code {
        case .refused:
            return ("net.refused", "\(target) refused the connection: nobody listens there")
        case .unreachable: return ("net.unreachable", "\(target) is unreachable")
        case .timeout:
            return ("net.timeout", "\(target) did not answer the connection attempt")
        case .reset:
            let who = isBeforeProxy ? target : "the server"
            return ("net.reset", "\(who) reset the connection")
        case .nameNotFound: return ("dns.nxdomain", "the name of \(target) does not exist")
        case .nameHasNoAddress:
            let kind = request.target.family.map { "\($0.title) " } ?? ""
            return ("dns.nodata", "the name of \(target) has no \(kind)address")
        case .resolverFailed:
            return ("dns.servfail", "the resolver could not look up \(target)")
        case .local:
            return ("local.egress", "this machine could not open a connection to \(target)")
        case .sourceUnavailable:
            return ("local.source", "\(source) is no address of this machine")
        case .sourceInUse: return ("local.source", "the source \(source) is in use")
        case .permission:
            return ("local.permission", "this user may not open a connection to \(target)")
        case .resources:
            return ("local.descriptor", "this machine has no sockets or buffers left")
        }
    }

    /// What to do about what this machine refuses.
    private func advice(on code: TransportError.Code) -> String? {
        switch code {
        case .sourceUnavailable: "ip address lists the addresses that ‘from’ can name"
        case .sourceInUse:
            "leave the port out to get a free one, or see who holds it: ss -tanp"
        case .permission:
            if case .unix = transportTarget.endpoint {
                "a unix socket must be writable, and every folder on its path searchable"
            } else {
                "ports below 1024 need the right to bind them (CAP_NET_BIND_SERVICE)"
            }
        default: nil
        }
    }

    /// `from …` as the script meant it.
    private var source: String {
        let port = request.target.sourcePort
        guard let address = request.target.source else { return "port \(port ?? 0)" }
        return port.map { "\(Endpoint.address(address, port: $0))" } ?? "\(address)"
    }
}
