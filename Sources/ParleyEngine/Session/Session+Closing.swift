import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyWire

extension Session {
    /// Takes leave as the protocol wants it, on a budget of its own; nobody waits for it (rule 23).
    /// Where something is owing or open, there is nothing polite to say.
    func closePolitely() {
        owner = nil
        // A login that broke off takes leave already.
        if case .closing = activity { return }
        keepForResumption()
        guard case .idle = activity, ending == nil, !isOwing, !isHalfClosed,
            let farewell = client.farewell()
        else {
            abort(how: "closed")
            return
        }
        activity = .closing
        stage = family == "imap" ? "LOGOUT" : "QUIT"
        timer.set(loop.now + .nanoseconds(limits.phases.close))
        write(Outgoing(farewell))
    }

    /// Closes the connection in order, TLS included.
    func disconnect() {
        if let tlsEngine {
            tlsEngine.close()
            flushTLS()
        }
        if case .closing = activity { activity = .closed }
        // What is queued goes out within the same limit: a peer that reads nothing is not waited
        // for.
        timer.set(loop.now + .nanoseconds(limits.phases.close))
        transport?.closeAfterWriting()
    }

    /// Closes at once.
    func abort(how: String) {
        if ending == nil {
            isEndedByUs = true
            ending = SessionFailure(
                reason: "net.closed",
                stage: stage,
                message: "the session was closed by the script"
            )
        }
        timer.clear()
        reportClosed(how: how)
        if let transport {
            transport.close()
        } else {
            driver.remove(self)
        }
    }

    /// Publishes the session's end, once.
    func reportClosed(how: String) {
        guard !isReportedClosed else { return }
        isReportedClosed = true
        run.recorder?.note(self) { $0.ended(ending?.reason, isByUs: isEndedByUs) }
        keepForResumption()
        publish(.closed(session: id, how: how))
    }

    /// Closes at once, and tells whoever awaits something: the second interrupt.
    func giveUp() {
        abort(how: "interrupted")
        guard let ending else { return }
        answer(finishPipeline(failing: ending) ?? .failed(ending))
    }

    /// Cancels what is awaited: the connection is closed at once and nobody is answered.
    func cancelActivity() {
        switch activity {
        case .idle, .closed, .closing: return
        default: break
        }
        abort(how: "cancelled")
        activity = .closed
        timer.clear()
    }
}
