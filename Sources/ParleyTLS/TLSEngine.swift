import COpenSSL
import Glibc

/// One TLS connection without a socket: ciphertext in, ciphertext out.
///
/// Not Sendable: one loop uses it. After `receive` call `advance`, then `takePlaintext` until it
/// returns nothing, then send what `takeOutput` returns. The plaintext that came before a
/// `.closed` or `.failed` is still to be had.
///
///     engine.start()                      // client: ClientHello
///     send(engine.takeOutput())
///     engine.receive(bytes)
///     switch engine.advance() { … }
public final class TLSEngine {
    /// Plaintext held for the caller at most, in bytes, give or take one record.
    static let plaintextLimit = 64 << 10

    let connection: ConnectionHandle
    let transport = TLSTransport()
    let record: HandshakeRecord
    let judgement: TLSSession.Judgement
    var state = TLSState.handshaking
    var plaintext: [UInt8] = []
    var waitingToWrite: [UInt8] = []
    var isEstablished = false
    /// Whether a session was offered to the server for resumption.
    public private(set) var offersSession = false
    var hasSentClose = false
    /// What the handshake agreed on; nothing changes it afterwards, as there is no renegotiation.
    var agreed: TLSSummary?

    var ssl: OpaquePointer { connection.pointer }

    private init(
        _ handle: ContextHandle,
        of context: AnyObject,
        _ verification: TLSVerification,
        _ name: TLSVerifyName?,
        _ tlsa: [TLSARecord] = []
    ) throws(TLSError) {
        connection = try ConnectionHandle(handle)
        record = HandshakeRecord(verification, client: context as? TLSClientContext)
        judgement = TLSSession.Judgement(
            context: context,
            verification: verification,
            name: name,
            tlsa: tlsa
        )
        guard let bio = transport.makeBIO() else {
            throw TLSError(.library, drainingInto: "no memory for a TLS connection")
        }
        // One reference serves both directions.
        SSL_set_bio(connection.pointer, bio, bio)
        _ = parley_ssl_set_owner(
            connection.pointer,
            Unmanaged.passUnretained(record).toOpaque()
        )
    }

    /// A client's side.
    ///
    /// - Parameters:
    ///   - client: the run's settings.
    ///   - serverName: the name in SNI (RFC 6066 section 3); nil or an IP address sends none.
    ///   - verifyName: the name that the certificate must cover; `.full` cannot do without.
    ///   - verification: how much must be right.
    ///   - tlsa: records by which the certificate is judged instead of by public authorities
    ///     (RFC 7671); with usage 3 that matches, neither name nor dates count (section 5.1).
    ///   - session: one to resume. It is ignored where it was judged by another context, name or
    ///     verification, or its certificate is out of date.
    ///   - verifyTime: the instant to judge at, in seconds since 1970; nil for the system's clock.
    /// - Throws: `TLSError` of code `.name` for a name that is none.
    public convenience init(
        client: TLSClientContext,
        serverName: String?,
        verifyName: TLSVerifyName?,
        verification: TLSVerification,
        tlsa: [TLSARecord] = [],
        session: TLSSession? = nil,
        verifyTime: Int64? = nil
    ) throws(TLSError) {
        if verification == .full, verifyName == nil {
            throw TLSError(.name, "full verification needs a name")
        }
        try self.init(client.handle, of: client, verification, verifyName, tlsa)
        SSL_set_connect_state(ssl)
        if let store = client.trust ?? TrustStore.system {
            _ = parley_ssl_set_trust(ssl, store.pointer)
        }
        if !tlsa.isEmpty { try useDANE(tlsa, name: verifyName) }
        if let serverName { try setServerName(serverName) }
        if let verifyName { try setVerifyName(verifyName) }
        record.verifyTime = verifyTime
        if let verifyTime {
            X509_VERIFY_PARAM_set_time(SSL_get0_param(ssl), time_t(verifyTime))
        }
        if let session, session.serves(judgement, at: verifyTime ?? Int64(time(nil))) {
            if SSL_set_session(ssl, session.pointer) == 1 {
                // A resumed handshake shows no certificate; a full one starts the record afresh.
                record.findings = session.findings
                record.presented = session.presented
                record.isDANE = session.isDANE
                offersSession = true
            }
        }
    }

    /// A server's side.
    ///
    /// - Throws: `TLSError` where OpenSSL has no memory.
    public convenience init(server: TLSServerContext) throws(TLSError) {
        try self.init(server.handle, of: server, server.verification, nil)
        SSL_set_accept_state(ssl)
        if let trust = server.trust {
            _ = parley_ssl_set_trust(ssl, trust.pointer)
        }
    }

    deinit {
        // A connection that is freed without close_notify takes its session along.
        guard isEstablished else { return }
        if case .failed = state { return }
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
    }

    private func setServerName(_ name: String) throws(TLSError) {
        let host = try Self.checked(name)
        guard AddressText.parse(host) == nil else { return }
        guard parley_ssl_set_server_name(ssl, host) == 1 else {
            throw TLSError(.name, drainingInto: "server name \(name)")
        }
    }

    private func setVerifyName(_ name: TLSVerifyName) throws(TLSError) {
        let parameters = SSL_get0_param(ssl)
        switch name {
        case .host(let host):
            X509_VERIFY_PARAM_set_hostflags(
                parameters,
                Certificate.hostFlags
            )
            let checked = try Self.checked(host)
            guard X509_VERIFY_PARAM_set1_host(parameters, checked, checked.utf8.count) == 1 else {
                throw TLSError(.name, drainingInto: "verified name \(host)")
            }
        case .address(let bytes):
            guard [4, 16].contains(bytes.count),
                X509_VERIFY_PARAM_set1_ip(parameters, bytes, bytes.count) == 1
            else { throw TLSError(.name, drainingInto: "an IP address has 4 or 16 bytes") }
        }
    }

    /// A host name as OpenSSL may have it: ASCII, bounded, without the root's dot.
    static func checked(_ name: String) throws(TLSError) -> String {
        let host = name.hasSuffix(".") ? String(name.dropLast()) : name
        guard !host.isEmpty, host.utf8.count <= 255,
            host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw TLSError(.name, SafeText.escape("not a host name: \(name)", limit: 300)) }
        return host
    }
}
