import ParleyMachine
import ParleyNetwork
import ParleyWire

extension Session {
    /// Where the transport is to be connected: to the server, or to the proxy before it.
    var transportTarget: ConnectTarget {
        if let standIn { return ConnectTarget(standIn) }
        var target = request.target
        target.attemptDelay = .nanoseconds(limits.phases.attempt)
        if let proxy = request.route?.proxy {
            target.endpoint = proxy.endpoint
            target.alternatives = []
        }
        return target
    }

    /// Whether what happens now is still the proxy's doing.
    var isBeforeProxy: Bool { request.route?.proxy != nil && !isRouted }

    // MARK: - Through a proxy

    /// The proxy is there: asks it for the server.
    func beginTunnel(_ transport: any Transport, _ proxy: ProxyServer) {
        let credentials = request.route?.credentials
        if let credentials {
            // A proxy may echo what it was told, in any answer.
            run.redactor.add(credentials.password)
            run.redactor.add(Base64.encode(credentials.user + [0x3A] + credentials.password))
            guard isLoopback(transport.remoteEndpoint) || request.route?.allowsClear == true else {
                fail(
                    SessionFailure(
                        reason: "auth.clear",
                        stage: stage,
                        message: "the password for \(proxy) would travel in clear",
                        notes: ["say `in clear` behind it if it may"]
                    )
                )
                return
            }
        }
        guard let destination = proxyDestination else { return }
        tunnel =
            switch proxy.scheme {
            case .socks5: SOCKS5Handshake(to: destination, credentials: credentials)
            case .http: HTTPConnectHandshake(to: destination, credentials: credentials)
            }
        do throws(ProxyError) {
            guard let opening = try tunnel?.start() else { return }
            transport.write(opening)
        } catch {
            tunnelFailed(error)
        }
    }

    /// Takes what the proxy says.
    func received(fromProxy bytes: [UInt8]) {
        guard let transport else { return }
        do throws(ProxyError) {
            switch try tunnel?.receive(bytes) {
            case nil, .more: break
            case .send(let bytes): transport.write(bytes)
            case .open(let rest):
                tunnel = nil
                transportReady(transport)
                guard !rest.isEmpty, self.transport != nil else { return }
                rest.withUnsafeBytes { transportReceived($0) }
            }
        } catch {
            tunnelFailed(error)
        }
    }

    /// The proxy hung up before the way was open.
    func proxyEnded() {
        connectionEnded(
            SessionFailure(
                reason: "local.proxy.lost",
                stage: stage,
                message: "\(proxyName) closed the connection before the way to the server was open"
            )
        )
    }

    private func tunnelFailed(_ error: ProxyError) {
        let reason =
            switch error.code {
            case .authentication: "local.proxy.authentication"
            case .refused: "local.proxy.refused"
            case .target: "net.proxy"
            case .malformed: "local.proxy.protocol"
            case .credentials: "script.value"
            }
        fail(
            SessionFailure(
                reason: reason,
                stage: stage,
                message: run.redactor.scrub(error.detail),
                notes: ["through \(proxyName), to \(request.target.endpoint)"]
            )
        )
    }

    /// The connect phase's limit passed while the proxy was awaited.
    var proxyTimeout: SessionFailure {
        SessionFailure(
            reason: "local.proxy.timeout",
            stage: stage,
            message: tunnel == nil
                ? "\(proxyName) did not answer the connection attempt"
                : "\(proxyName) did not open the way to the server in time",
            notes: attemptNotes
        )
    }

    /// The addresses that were tried, where there were several.
    var attemptNotes: [String] { (transport?.attempts ?? []).map(\.summary) }

    /// What failures call the far end of the transport.
    var transportName: String { isBeforeProxy ? proxyName : "\(request.target.endpoint)" }

    private var proxyName: String {
        "the proxy" + (request.route?.proxy.map { " \($0)" } ?? "")
    }

    private var proxyDestination: ProxyDestination? {
        switch request.target.endpoint {
        case .address(let address, let port): ProxyAddress(address, port).map { .address($0) }
        case .name(let name, let port): .name(name, port: port)
        case .unix: nil
        }
    }

    // MARK: - What the session is about

    /// Notes the peer, and whether secrets may go to it as they are.
    func routed(_ transport: any Transport) {
        isRouted = true
        stage = "connect"
        if isNameless, case .address(let address, _)? = transport.localEndpoint {
            client.introduce(as: address.mailLiteral)
        }
        let reached = transport.remoteEndpoint
        guard let proxy = request.route?.proxy else {
            peerEndpoint = reached
            client.isLoopback = isLoopback(reached) && !isAway
            return
        }
        peerEndpoint = request.target.endpoint
        client.isLoopback = isLoopback(reached) && isLoopback(request.target.endpoint)
        note(route: "through \(proxy) to \(request.target.endpoint)")
    }

    /// Whether a recording plays a server that is not on this machine.
    private var isAway: Bool {
        guard standIn != nil else { return false }
        switch request.target.endpoint {
        case .name(let name, _): return name != "localhost"
        case let endpoint: return !isLoopback(endpoint)
        }
    }

    private func isLoopback(_ endpoint: Endpoint?) -> Bool {
        switch endpoint {
        case .address(let address, _): address.isLoopback
        case .unix: true
        case .name, nil: false
        }
    }

    private func note(route text: String) {
        let clean = run.redactor.scrub(text)
        entries.note(clean, at: clock)
        publish(.routed(session: id, clean))
    }

    // MARK: - The PROXY protocol

    /// Sends the PROXY header, if the script wants one; `false` if that is impossible.
    func sendHeader(_ transport: any Transport) -> Bool {
        // A stand-in is no proxied server: ways are not recorded.
        guard let wanted = request.route?.header, standIn == nil else { return true }
        do throws(SessionFailure) {
            let header = try header(wanted, transport)
            guard let octets = header.octets else {
                throw failure("the PROXY header cannot say this: \(header.summary)")
            }
            transport.write(octets)
            note(route: header.summary)
            return true
        } catch {
            fail(error)
            return false
        }
    }

    private func header(
        _ wanted: ProxyHeaderRequest,
        _ transport: any Transport
    ) throws(SessionFailure) -> ProxyHeader {
        if wanted.isLocal { return ProxyHeader(wanted.version, .local) }
        if wanted.isUnknown { return ProxyHeader(wanted.version, .unknown) }
        let client = wanted.client ?? transport.localEndpoint
        let server = wanted.server ?? peerEndpoint
        guard let first = ProxyAddress(client), let second = ProxyAddress(server) else {
            let missing = ProxyAddress(client) == nil ? "client" : "server"
            throw failure(
                "the connection has no \(missing) address for the PROXY header",
                "state it: \(missing) ADDRESS:PORT"
            )
        }
        guard first.isIPv6 == second.isIPv6 else {
            throw failure(
                "the PROXY header takes addresses of one family, and \(first.description) and "
                    + "\(second.description) are of two",
                "state `client` and `server`; what is missing is the connection’s own"
            )
        }
        return ProxyHeader(
            wanted.version,
            .proxied(client: first, server: second),
            authority: wanted.authority
        )
    }

    private func failure(_ message: String, _ notes: String...) -> SessionFailure {
        SessionFailure(reason: "script.value", stage: "connect", message: message, notes: notes)
    }
}

extension ProxyAddress {
    /// The address in the forms of the headers; its zone means nothing to anybody else.
    fileprivate init?(_ address: IPAddress, _ port: UInt16) {
        let text = String("\(address)".prefix { $0 != "%" })
        self.init(octets: address.octets, text: text, port: port)
    }

    fileprivate init?(_ endpoint: Endpoint?) {
        guard case .address(let address, let port)? = endpoint else { return nil }
        self.init(address, port)
    }
}
