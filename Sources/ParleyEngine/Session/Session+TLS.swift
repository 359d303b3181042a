import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyWire

extension Session {
    /// The server agreed to STARTTLS. Plaintext behind its 220 was injected by somebody: what came
    /// before the handshake is not authenticated and must not be carried over (RFC 3207 §5, and the
    /// injection attacks on it).
    func startTLS(after reply: Reply) {
        guard client.bufferedBytes == 0 else {
            failInjected()
            return
        }
        lastVerb = "STARTTLS"
        secure(request.tls.merged(with: pendingTLS), thenReply: reply)
    }

    private func failInjected() {
        let held = client.heldBytes
        fail(
            SessionFailure(
                reason: "tls.starttls.injected",
                stage: "STARTTLS",
                message: "the server sent plaintext behind its 220 to STARTTLS, before any TLS",
                notes: [
                    "whoever sits between could inject such commands or replies; "
                        + "none of it was used"
                ],
                held: held
            )
        )
    }

    /// Begins a handshake, once there is what it trusts.
    func secure(_ tls: TLSRequest, thenReply reply: Reply?) {
        stage = "TLS handshake"
        activity = .securing(reply)
        activityStarted = loop.now
        if reply == nil {
            arm(phase: limits.phases.tls)
        } else {
            // A `within` of the statement holds for the 220 and the handshake together.
            timer.set(
                limit.isStatement
                    ? limit.deadline
                    : min(loop.now + .nanoseconds(limits.phases.tls), limit.deadline)
            )
        }
        if let survey {
            begin(survey)
            return
        }
        let contexts = run.trust
        let key = contexts.key(
            named: standIn == nil ? tls.authorityFile : nil,
            settings: tls.settings,
            of: files,
            target: peerEndpoint ?? request.target.endpoint
        )
        if let context = contexts.context(for: key) {
            shakeHands(context, tls)
            return
        }
        // Certificates are read on the pool. What the peer says meanwhile is for TLS to judge,
        // unless it stands behind a 220: then it was injected.
        if reply == nil { transport?.setReading(false) }
        let files = files
        loop.offload({ contexts.makeContext(for: key, files: files) }) { [weak self] result in
            guard let self, case .securing(let reply) = activity, tlsEngine == nil else { return }
            guard reply == nil || client.bufferedBytes == 0 else {
                failInjected()
                return
            }
            switch result {
            case .success(let context): shakeHands(context, tls)
            case .failure(let failure): fail(failure)
            }
            if reply == nil { transport?.setReading(true) }
            if endedBeforeHandshake { transportInputEnded() }
        }
    }

    private func shakeHands(_ context: TLSClientContext, _ tls: TLSRequest) {
        do throws(TLSError) {
            let engine = try TLSEngine(
                client: context,
                serverName: verifiedHost,
                verifyName: verifyName,
                verification: tls.verification.flatMap { TLSVerification(rawValue: $0) } ?? .full,
                tlsa: tls.records,
                session: sessionToResume(tls, context)
            )
            tlsEngine = engine
            if tls.resumption != nil, !engine.offersSession {
                entries.note("no earlier TLS session to resume", at: clock)
            }
            engine.start()
            flushTLS()
        } catch {
            fail(TrustContexts.failure(of: error))
        }
    }

    /// Takes ciphertext of the peer.
    func received(ciphertext bytes: UnsafeRawBufferPointer) {
        guard let engine = tlsEngine else { return }
        engine.receive(bytes)
        advanceTLS(engine)
    }

    func advanceTLS(_ engine: TLSEngine) {
        let state = engine.advance()
        if case .securing(let reply) = activity {
            switch state {
            case .handshaking:
                flushTLS()
                return
            case .failed(let failure):
                flushTLS()
                handshakeFailed(failure)
                return
            case .established, .closed:
                // Our last flight goes out with the next command, which the script mostly says in
                // this very turn: a segment less on the way, and a wake-up less for the server.
                defer { flushTLS() }
                // What came with the end of the handshake lies unread before anything is sent.
                takePlaintext(engine)
                guard case .securing = activity else { return }
                secured(reply)
            }
        } else {
            flushTLS()
        }
        takePlaintext(engine)
        flushTLS()
        // Taking the plaintext may have gone further than the state from before.
        switch engine.advance() {
        case .closed: peerEnded()
        case .failed(let failure):
            // A server that just leaves is named alike with TLS and without.
            let isEnd = failure.reason == "net.closed" && family != "tcp"
            connectionEnded(
                SessionFailure(
                    reason: isEnd ? "\(family).closed" : failure.reason,
                    stage: stage,
                    message: "the TLS connection broke: \(failure.detail)",
                    notes: isEnd ? ["TLS was not closed in order: \(failure.detail)"] : []
                )
            )
        case .handshaking, .established: break
        }
    }

    private func takePlaintext(_ engine: TLSEngine) {
        while true {
            let plaintext = engine.takePlaintext()
            guard !plaintext.isEmpty else { return }
            plaintext.withUnsafeBytes { received(plaintext: $0) }
        }
    }

    /// Sends what TLS has to send.
    func flushTLS() {
        guard let output = tlsEngine?.takeOutput(), !output.isEmpty else { return }
        transport?.write(output)
    }

    private func secured(_ reply: Reply?) {
        guard let summary = tlsEngine?.summary else { return }
        peerChain = summary.peer
        client.upgraded()
        let took = loop.now.nanoseconds - activityStarted.nanoseconds
        run.recorder?.note(self) { $0.secured(summary.version) }
        entries.note("\(summary.version) \(summary.cipher)", at: clock)
        if let tlsInfo { publish(.secured(session: id, tlsInfo, took: took)) }
        guard let reply else {
            awaitGreeting()
            return
        }
        answer(.reply(reply))
    }

    private func handshakeFailed(_ failure: TLSFailure) {
        peerChain = failure.peer
        var notes: [String] = []
        if let leaf = failure.chain.first {
            notes.append("the server's certificate: subject \(leaf.subject), issuer \(leaf.issuer)")
            if !leaf.names.isEmpty {
                notes.append("it covers \(leaf.names.joined(separator: ", "))")
            }
        }
        if let alert = failure.alert { notes.append("the server sent the alert \(alert)") }
        var told = SessionFailure(
            reason: failure.reason,
            stage: "TLS handshake",
            message: failure.detail,
            notes: notes
        )
        told.certificates = certificates
        fail(told)
    }

    // MARK: - Names and clauses

    /// The name to send and to verify: `name N`, else the host that was connected to.
    var verifiedHost: String? {
        if let name = request.name { return name }
        if case .name(let host, _) = request.target.endpoint { return host }
        return nil
    }

    private var verifyName: TLSVerifyName? {
        if let host = verifiedHost {
            if let address = IPAddress(host) { return .address(address.octets) }
            return .host(host)
        }
        if case .address(let address, _) = request.target.endpoint {
            return .address(address.octets)
        }
        return nil
    }
}
