import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyVerbs

extension Session: TransportHandler {
    func transportConnected(_ transport: any Transport) {
        guard case .connecting = activity else { return }
        if let proxy = request.route?.proxy {
            beginTunnel(transport, proxy)
        } else {
            transportReady(transport)
        }
    }

    func transportReceived(_ bytes: UnsafeRawBufferPointer) {
        if tunnel != nil {
            received(fromProxy: Array(bytes))
        } else if let survey, survey.isUnderWay {
            received(bytes, of: survey)
        } else if tlsEngine == nil {
            received(plaintext: bytes)
        } else {
            received(ciphertext: bytes)
        }
    }

    func transportDrained() {
        guard case .sending(let request) = activity else { return }
        guard let request else {
            answer(.done)
            return
        }
        // It waited for its turn; what came meanwhile may forbid it.
        if let event = send(request, limit: limit) { answer(event) }
    }

    func transportInputEnded() {
        guard tunnel == nil else { return proxyEnded() }
        if case .securing = activity, tlsEngine == nil, survey == nil {
            // Certificates are still being read; then it is the handshake that fails.
            endedBeforeHandshake = true
            return
        }
        if let tlsEngine {
            tlsEngine.inputEnded()
            advanceTLS(tlsEngine)
        }
        peerEnded()
    }

    func transportClosed(_ error: TransportError?) {
        transport = nil
        if let error {
            connectionEnded(failure(of: error))
        } else {
            isBeforeProxy ? proxyEnded() : peerEnded()
        }
        reportClosed(how: "closed")
        driver.remove(self)
    }

    /// The peer will say nothing more.
    func peerEnded() {
        guard ending == nil else { return }
        let raw = request.spec.family == "tcp"
        connectionEnded(
            SessionFailure(
                reason: raw ? "net.closed" : "\(family).closed",
                stage: stage,
                message: "the server closed the connection"
            )
        )
    }

    /// The connection is over: whoever awaits something hears of it, unless what has arrived
    /// already answers it.
    func connectionEnded(_ failure: SessionFailure) {
        guard ending == nil else { return }
        showUnread(isOver: true)
        ending = failure
        switch activity {
        case .idle where family != "tcp": abort(how: "closed by the server")
        case .idle, .closed: break
        case .closing: disconnect()
        case .receiving(let unit):
            if let event = consumeReceived(unit) { answer(event) }
        default: fail(closedFailure(failure, stage))
        }
    }
}
