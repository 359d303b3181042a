import COpenSSL

extension TLSEngine {
    /// Begins: a client's ClientHello is in the output afterwards.
    public func start() {
        _ = advance()
    }

    /// Takes bytes from the peer. Call `advance` next.
    public func receive(_ ciphertext: UnsafeRawBufferPointer) {
        guard !isOver, !ciphertext.isEmpty else { return }
        guard transport.receive(ciphertext) else {
            fail(TLSFailure("limit.memory", "the peer sends faster than it is read"))
            return
        }
    }

    /// How many octets of ciphertext the peer has sent.
    public var receivedCount: Int { transport.receivedCount }

    /// Takes bytes from the peer. Call `advance` next.
    public func receive(_ ciphertext: [UInt8]) {
        ciphertext.withUnsafeBytes { receive($0) }
    }

    /// Goes as far as the bytes received allow: handshakes, decrypts, answers key updates.
    @discardableResult
    public func advance() -> TLSState {
        if case .handshaking = state { handshake() }
        if case .established = state { decrypt() }
        return state
    }

    /// What was decrypted, at most about 64 KiB a call; empty when there is no more for now.
    public func takePlaintext() -> [UInt8] {
        if plaintext.isEmpty, hasPendingInput { advance() }
        var taken: [UInt8] = []
        swap(&taken, &plaintext)
        return taken
    }

    /// Whether ciphertext waits for `takePlaintext` to make room.
    public var hasPendingInput: Bool {
        guard case .established = state else { return false }
        return transport.hasInbound || SSL_has_pending(ssl) == 1
    }

    /// Encrypts. Before the handshake ends the bytes wait for it; after `close` they are dropped.
    public func write(_ plaintext: [UInt8]) {
        guard !plaintext.isEmpty, !hasSentClose else { return }
        guard isEstablished else {
            waitingToWrite += plaintext
            return
        }
        if case .failed = state { return }
        ErrorQueue.clear()
        var written = 0
        let result = plaintext.withUnsafeBytes { bytes in
            SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &written)
        }
        if result != 1 { fail(describeFailure()) }
    }

    /// Ciphertext for the peer, an alert included where the connection failed; empties the output.
    public func takeOutput() -> [UInt8] {
        transport.takeOutbound()
    }

    /// Sends close_notify (RFC 8446 section 6.1). The peer may still send until it does the same.
    public func close() {
        guard isEstablished, !hasSentClose else { return }
        hasSentClose = true
        if case .failed = state { return }
        ErrorQueue.clear()
        SSL_shutdown(ssl)
        ErrorQueue.clear()
    }

    /// The peer's half of the connection is closed. Unless it sent close_notify before, the next
    /// state is `.failed`: `tls.handshake.failed`, `tls.protocol` where it had spoken no TLS, or,
    /// once established, `net.closed`.
    public func inputEnded() {
        transport.ended = true
        advance()
    }

    /// Asks the peer for new keys and renews one's own (TLS 1.3 only, RFC 8446 section 4.6.3).
    package func updateKeys() {
        guard isEstablished, !hasSentClose else { return }
        ErrorQueue.clear()
        // The update travels with the next write, or with this empty step of the handshake.
        if SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED) == 1 { SSL_do_handshake(ssl) }
        ErrorQueue.clear()
    }

    /// Asks the peer for a new handshake on the same connection, which nobody should grant (TLS 1.2
    /// and before, RFC 5246 section 7.4.1.1).
    package func renegotiate() {
        guard isEstablished, !hasSentClose else { return }
        ErrorQueue.clear()
        if parley_ssl_renegotiate(ssl) == 1 { SSL_do_handshake(ssl) }
        ErrorQueue.clear()
    }

    private var isOver: Bool {
        switch state {
        case .handshaking, .established: false
        case .closed, .failed: true
        }
    }

    private func handshake() {
        ErrorQueue.clear()
        let result = SSL_do_handshake(ssl)
        guard result != 1 else {
            isEstablished = true
            state = .established
            let waiting = waitingToWrite
            waitingToWrite = []
            write(waiting)
            return
        }
        guard SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ else {
            fail(describeFailure())
            return
        }
        if transport.ended { fail(describeEnd()) }
    }

    private func decrypt() {
        guard hasPendingInput || transport.ended else { return }
        withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 16) { buffer in
            while plaintext.count < Self.plaintextLimit {
                ErrorQueue.clear()
                var count = 0
                let result = SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count)
                if result == 1 {
                    plaintext.append(contentsOf: UnsafeRawBufferPointer(buffer).prefix(count))
                    continue
                }
                switch SSL_get_error(ssl, result) {
                case SSL_ERROR_WANT_READ:
                    if transport.ended { fail(describeEnd()) }
                case SSL_ERROR_ZERO_RETURN:
                    state = .closed
                    transport.discardInbound()
                default:
                    fail(describeFailure())
                }
                return
            }
        }
    }

    private func fail(_ failure: TLSFailure) {
        if case .failed = state { return }
        state = .failed(failure)
        transport.discardInbound()
        waitingToWrite = []
        ErrorQueue.clear()
    }
}
