import COpenSSL

extension TLSEngine {
    /// What the handshake agreed on; nil before its end. Cheap: certificates are read on demand.
    public var summary: TLSSummary? {
        guard isEstablished else { return nil }
        if let agreed { return agreed }
        let summary = makeSummary()
        agreed = summary
        return summary
    }

    private func makeSummary() -> TLSSummary {
        TLSSummary(
            version: String(cString: SSL_get_version(ssl)),
            cipher: SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)).map { String(cString: $0) }
                ?? "",
            group: parley_ssl_group_name(ssl).map { String(cString: $0) },
            signatureAlgorithm: signatureAlgorithm,
            alpn: applicationProtocol,
            resumed: SSL_session_reused(ssl) == 1,
            stapled: parley_ssl_stapled_length(ssl) > 0,
            verified: record.presented != nil && !isFlawed,
            isDANE: record.isDANE,
            problems: describeProblems(),
            peer: record.presented
        )
    }

    /// Whether the handshake is done, so that what is written is encrypted.
    public var isSecured: Bool { isEstablished }

    /// The peer's certificates, leaf first, also after a failed verification; empty before they
    /// arrive. Read at the first call.
    public func peerCertificates() -> [Certificate] {
        record.presented?.certificates ?? []
    }

    /// The newest session, for a later connection to resume; nil before there is a usable one. In
    /// TLS 1.3 tickets follow the handshake, so ask late, best after `close`.
    public var session: TLSSession? {
        guard isEstablished, let pointer = SSL_get1_session(ssl) else { return nil }
        guard SSL_SESSION_is_resumable(pointer) == 1 else {
            SSL_SESSION_free(pointer)
            return nil
        }
        // A client that wants no tickets cannot forbid those of TLS 1.3: it uses none.
        if record.client?.usesTickets == false, SSL_SESSION_has_ticket(pointer) == 1 {
            SSL_SESSION_free(pointer)
            return nil
        }
        return TLSSession(owning: pointer, judgement, record)
    }

    /// The name that a client sent in SNI, as seen by a server; safe to print.
    public var requestedServerName: String? {
        SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map {
            SafeText.escape(String(cString: $0), limit: 255)
        }
    }

    private var applicationProtocol: String? {
        var name: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &name, &count)
        guard let name, count > 0 else { return nil }
        return SafeText.escape(UnsafeBufferPointer(start: name, count: Int(count)), limit: 255)
    }

    /// Whether anything counts against the certificate in this mode; with `.none` everything does.
    private var isFlawed: Bool {
        record.findings.contains { judgement.verification != .chain || !$0.isAboutName }
    }

    private func describeProblems() -> [TLSProblem] {
        var problems: [TLSProblem] = []
        for finding in record.findings {
            let problem = TLSProblem(finding, in: record, verifyName: judgement.name)
            // OpenSSL says in two ways that an issuer is unknown.
            let isTold = problems.contains { $0.name == problem.name && $0.depth == problem.depth }
            if !isTold { problems.append(problem) }
        }
        return problems
    }

    /// The failure behind a call that OpenSSL ended with an error.
    func describeFailure() -> TLSFailure {
        let entries = ErrorQueue.drain()
        guard let entry = entries.first(where: { $0.library == ERR_LIB_SSL }) ?? entries.first
        else {
            // A close_notify in the middle of a handshake leaves no error behind.
            return describeEnd()
        }
        let isMemory = entries.contains { $0.reason == ERR_R_MALLOC_FAILURE }
        if isMemory { return TLSFailure("limit.memory", entry.text, peer: record.presented) }
        guard entry.library == ERR_LIB_SSL else {
            return TLSFailure("tls.handshake.failed", entry.text, peer: record.presented)
        }
        let problems = describeProblems()
        let alert = Int(entry.reason) - Int(SSL_AD_REASON_OFFSET)
        if (0...255).contains(alert) { return describeAlert(alert, problems) }
        let isVerdict = [SSL_R_CERTIFICATE_VERIFY_FAILED, SSL_R_INVALID_STATUS_RESPONSE]
        if isVerdict.contains(entry.reason),
            let decisive = record.findings.first(where: { record.refuses($0) })
        {
            let problem = TLSProblem(decisive, in: record, verifyName: judgement.name)
            return TLSFailure(
                problem.reason,
                problem.detail,
                problems: problems,
                peer: record.presented
            )
        }
        let opening = describeOpening()
        return TLSFailure(
            opening == nil ? reason(of: entry.reason) : "tls.protocol",
            opening ?? Self.describeLimit(entry.reason) ?? entry.text,
            problems: problems,
            peer: record.presented
        )
    }

    /// The failure of a connection that ended without close_notify.
    func describeEnd() -> TLSFailure {
        guard !isEstablished else {
            return TLSFailure("net.closed", "truncated: closed without close_notify")
        }
        if let opening = describeOpening() { return TLSFailure("tls.protocol", opening) }
        let detail = "the peer closed the connection during the handshake"
        return TLSFailure("tls.handshake.failed", detail, peer: record.presented)
    }

    private func describeAlert(_ number: Int, _ problems: [TLSProblem]) -> TLSFailure {
        let name = TLSAlert.name(number)
        let wantsCertificate =
            number == TLSAlert.certificateRequired
            || record.certificateRequested && (number == 40 || number == 42)
        return TLSFailure(
            wantsCertificate ? "tls.client-certificate-required" : "tls.handshake.failed",
            "the peer sent the alert \(name)",
            alert: name,
            problems: problems,
            peer: record.presented
        )
    }

    /// Whether the two sides have nothing in common, or what came is no TLS, or breaks it: then it
    /// is our own alert that says so.
    private func reason(of code: Int32) -> String {
        switch code {
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_WRONG_SSL_VERSION, SSL_R_NO_PROTOCOLS_AVAILABLE,
            SSL_R_VERSION_TOO_LOW, SSL_R_VERSION_TOO_HIGH, SSL_R_INAPPROPRIATE_FALLBACK:
            "tls.handshake.failed"
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: "tls.client-certificate-required"
        case SSL_R_EXCESSIVE_MESSAGE_SIZE: "limit.chain"
        // A record of no version of TLS gets no alert.
        case SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST:
            "tls.protocol"
        case _ where record.sentAlert.map(TLSAlert.accusesOctets) == true: "tls.protocol"
        default: "tls.handshake.failed"
        }
    }

    private static func describeLimit(_ code: Int32) -> String? {
        guard code == SSL_R_EXCESSIVE_MESSAGE_SIZE else { return nil }
        return "the peer's certificates are larger than \(ContextBuilder.largestChain >> 10) KiB"
    }

    /// What the peer speaks where its first byte begins no TLS record.
    private func describeOpening() -> String? {
        guard !isEstablished, let first = transport.opening.first,
            !TLSTransport.startsRecord(first)
        else { return nil }
        let line = transport.opening.prefix { $0 != 0x0D && $0 != 0x0A }
        let isText = line.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
        guard isText, line.count >= 2 else {
            return "the peer does not speak TLS; it began with the bytes "
                + SafeText.hex(transport.opening.prefix(8))
        }
        return "the peer spoke plain text instead of TLS: \"\(SafeText.escape(line, limit: 80))\""
    }
}
