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
            return
        }
        lastVerb = "STARTTLS"
        secure(request.tls.merged(with: pendingTLS), thenReply: reply)
    }

    /// Begins a handshake.
    func secure(_ tls: TLSRequest, thenReply reply: Reply?) {
        stage = "TLS handshake"
        activity = .securing(reply)
        activityStarted = loop.now
        if reply == nil {
            arm(phase: limits.tls)
        } else {
            timer.set(min(loop.now + .nanoseconds(limits.tls), limit.deadline))
        }
        if let survey {
            begin(survey)
            return
        }
        var file: String?
        if let named = tls.authorityFile {
            switch files.locate(named) {
            case .success(let path): file = path
            case .failure(let failure):
                fail(
                    SessionFailure(reason: failure.reason, stage: stage, message: failure.message)
                )
                return
            }
        }
        do throws(TLSError) {
            let context = try run.trust.context(
                authorityFile: file,
                settings: tls.settings,
                target: peerEndpoint ?? request.target.endpoint,
                files: files
            )
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
            fail(
                SessionFailure(
                    reason: Self.reason(of: error),
                    stage: stage,
                    message: "TLS could not be set up: \(error.context)"
                )
            )
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
        flushTLS()
        if case .securing(let reply) = activity {
            switch state {
            case .handshaking: return
            case .failed(let failure):
                handshakeFailed(failure)
                return
            case .established, .closed:
                // What came with the end of the handshake lies unread before anything is sent.
                takePlaintext(engine)
                guard case .securing = activity else { return }
                secured(reply)
            }
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
        fail(
            SessionFailure(
                reason: failure.reason,
                stage: "TLS handshake",
                message: failure.detail,
                notes: notes
            )
        )
    }

    // MARK: - Names and clauses

    /// What was asked of TLS and cannot be done here accuses the script or its files, never the peer.
    private static func reason(of error: TLSError) -> String {
        switch error.code {
        case .unreadable, .mismatch: "local.file"
        case .option, .name: "script.value"
        default: "tls.handshake.failed"
        }
    }

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
