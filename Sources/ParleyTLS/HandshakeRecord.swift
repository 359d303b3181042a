import COpenSSL

/// What OpenSSL's callbacks note during a handshake: the chain as presented and all that is wrong
/// with it, and whether the peer asked for a certificate. Owned by the engine.
final class HandshakeRecord {
    /// One finding of the verifier: an `X509_V_ERR_…` and the depth of the certificate it is about.
    struct Finding: Hashable {
        let code: Int32
        let depth: Int32

        /// Codes beside OpenSSL's: a staple was demanded and none came, or one that is worthless.
        static let stapleMissing: Int32 = -1
        static let stapleInvalid: Int32 = -2

        /// Names are judged apart from the chain's trust.
        var isAboutName: Bool {
            [X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH].contains(code)
        }
    }

    let verification: TLSVerification
    /// Bounded: a chain's depth times the kinds of errors.
    var findings: [Finding] = []
    var presented: TLSPeerChain?
    var certificateRequested = false
    /// The fatal alert that we sent, by its number.
    var sentAlert: Int?
    /// A client's context; nil for a server's side.
    let client: TLSClientContext?
    /// The instant to judge at, in seconds since 1970; nil for the system's clock.
    var verifyTime: Int64?
    /// The TLSA records that were given, and whether one of them can be used.
    var tlsa: [TLSARecord] = []
    var hasUsableTLSA = false
    /// Whether a TLSA record vouches for the chain; nil where none was given.
    var isDANE: Bool?
    /// What is the matter with the staple, where something is.
    var stapleWords: String?

    init(_ verification: TLSVerification, client: TLSClientContext? = nil) {
        self.verification = verification
        self.client = client
    }

    func refuses(_ finding: Finding) -> Bool {
        switch verification {
        case .full: true
        case .chain: !finding.isAboutName
        case .none: false
        }
    }

    static func of(_ ssl: OpaquePointer?) -> HandshakeRecord? {
        guard let ssl, let owner = parley_ssl_owner(ssl) else { return nil }
        return Unmanaged<HandshakeRecord>.fromOpaque(owner).takeUnretainedValue()
    }

    func note(_ code: Int32, _ depth: Int32) {
        let finding = Finding(code: code, depth: depth)
        guard findings.count < 64, !findings.contains(finding) else { return }
        findings.append(finding)
    }
}

extension HandshakeRecord {
    /// Verifies to the end, noting every problem, and only then refuses, so that OpenSSL sends the
    /// alert that fits the first problem.
    static let verifyChain: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = {
        context,
        _ in
        guard let context, let record = of(parley_ssl_of_verification(context)) else { return 0 }
        record.findings = []
        record.isDANE = nil
        record.presented = TLSPeerChain(sharing: X509_STORE_CTX_get0_untrusted(context))
        X509_STORE_CTX_set_verify_cb(context) { passed, context in
            if passed == 0 {
                HandshakeRecord.of(context.flatMap { parley_ssl_of_verification($0) })?.note(
                    X509_STORE_CTX_get_error(context),
                    X509_STORE_CTX_get_error_depth(context)
                )
            }
            return 1
        }
        if let client = record.client {
            X509_VERIFY_PARAM_set_auth_level(
                X509_STORE_CTX_get0_param(context),
                client.certificateLevel
            )
        }
        if X509_verify_cert(context) <= 0, record.findings.isEmpty {
            record.note(X509_V_ERR_UNSPECIFIED, 0)
        }
        record.judgeDANE(parley_ssl_of_verification(context))
        let decisive = record.findings.first { record.refuses($0) }
        X509_STORE_CTX_set_error(context, decisive?.code ?? X509_V_OK)
        return decisive == nil ? 1 : 0
    }

    /// Notes the alert by which OpenSSL tells the peer what is wrong with its octets.
    static let noteAlert: @convention(c) (OpaquePointer?, Int32, Int32) -> Void = {
        ssl,
        event,
        value in
        // The level is in the upper octet.
        guard event == SSL_CB_WRITE_ALERT, value >> 8 == SSL3_AL_FATAL else { return }
        of(ssl)?.sentAlert = Int(value & 0xFF)
    }

    /// Called only where the server asks for a certificate and none is configured.
    static let noteCertificateRequest:
        @convention(c) (
            OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>?,
            UnsafeMutablePointer<OpaquePointer?>?
        ) -> Int32 = { ssl, _, _ in
            of(ssl)?.certificateRequested = true
            return 0
        }
}
