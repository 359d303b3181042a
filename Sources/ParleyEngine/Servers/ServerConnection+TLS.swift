import ParleyDiagnostics
import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleyTLS
import ParleyWire

extension ServerConnection {
    /// How much of a ClientHello is kept while a rule of `tls` waits.
    private static let helloLimit = 64 * 1024

    /// From here on the client is to speak TLS.
    func startTLS() {
        codec.dropInput()
        imap?.codec.dropInput()
        isBusy = true
        hello = []
    }

    /// The handshake begins: the rules of `tls` decide what becomes of it.
    func receiveHello(_ bytes: UnsafeRawBufferPointer) {
        let isFirst = hello?.isEmpty == true
        guard (hello?.count ?? 0) + bytes.count <= Self.helloLimit else {
            note("*", Array("TLS: the client sends more than its first flight".utf8))
            stop()
            return
        }
        hello?.append(contentsOf: bytes)
        guard isFirst else { return }
        heard("tls")
        guard let rule = rule(for: "tls") else {
            shakeHands()
            return
        }
        answer("tls", rule, default: nil)
    }

    /// Takes part in the handshake.
    func shakeHands() {
        if let context = server.tlsContext {
            shakeHands(.success(context))
            return
        }
        // What the client sends in the meantime can wait.
        transport?.setReading(false)
        server.makeTLS { [weak self] result in
            guard let self, !isOver else { return }
            shakeHands(result)
            transport?.setReading(true)
        }
    }

    private func shakeHands(_ result: Result<TLSServerContext, TLSError>) {
        guard let received = hello else { return }
        hello = nil
        do throws(TLSError) {
            let engine = try TLSEngine(server: try result.get())
            tls = engine
            engine.start()
            engine.receive(received)
            advance(engine)
        } catch {
            note("*", Array("TLS: \(error.context)".utf8))
            stop()
        }
    }

    func advance(_ engine: TLSEngine) {
        let state = engine.advance()
        flush()
        switch state {
        case .handshaking:
            return
        case .failed(let failure):
            note("*", Array("TLS: \(failure.detail)".utf8))
            transport?.closeAfterWriting()
        case .established, .closed:
            let isNew = !isSecured
            isSecured = true
            if isNew { noteHandshake(engine) }
            takePlaintext(engine)
            // What came before the client's close_notify is answered first.
            if case .closed = engine.advance() { inputEnded = true }
            if isNew, server.isImplicitTLS {
                greet()
            } else {
                if isNew { isBusy = false }
                proceed()
            }
        }
    }

    private func noteHandshake(_ engine: TLSEngine) {
        shaper?.dribble = nil
        guard let summary = engine.summary else { return }
        var words = ["TLS:", summary.version, summary.cipher]
        if let group = summary.group { words.append(group) }
        if let name = engine.requestedServerName { words.append("sni=\(name)") }
        if let name = summary.alpn { words.append("alpn=\(name)") }
        if summary.resumed { words.append("resumed") }
        if let certificate = engine.peerCertificates().first {
            words.append("client=\(certificate.subject)")
        }
        note("*", Array(words.joined(separator: " ").utf8))
    }

    private func takePlaintext(_ engine: TLSEngine) {
        while true {
            let plaintext = engine.takePlaintext()
            guard !plaintext.isEmpty else { return }
            plaintext.withUnsafeBytes { take($0) }
        }
    }
}
