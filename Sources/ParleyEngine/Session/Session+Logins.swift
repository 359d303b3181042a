import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyWire

extension Session {
    /// Tells the client by what a login can be bound to the TLS connection. Only a login asks, so
    /// that probes without one pay nothing.
    func bindChannel() {
        if let tlsEngine { client.channelBindings = tlsEngine.channelBindings }
    }

    /// Computes what would keep the loop busy, and goes on with the reply that needs it.
    func compute(_ work: @escaping @Sendable () -> Void, for reply: Reply) {
        computeElsewhere(work) { [self] in
            if case .pipeline = activity {
                proceedPipeline(with: reply)
            } else {
                proceed(with: reply)
            }
        }
    }

    /// Computes something on the pool. What arrives meanwhile waits; nothing comes of it if the
    /// activity that it is for ends first.
    func computeElsewhere<Value: Sendable>(
        _ work: @escaping @Sendable () -> Value,
        then body: @escaping (Value) -> Void
    ) {
        computations += 1
        let number = computations
        isComputing = true
        loop.offload(work) { [weak self] value in
            guard let self, isComputing, number == computations else { return }
            isComputing = false
            body(value)
            consume()
        }
    }

    /// Ends a session whose login broke off at a challenge: the failure stands, but the server is
    /// told (RFC 4954 §4), on a budget that nobody waits for.
    func fail(_ failure: SessionFailure, telling farewell: [UInt8]) {
        let event = finishPipeline(failing: failure) ?? .failed(failure)
        if ending == nil { ending = failure }
        isComputing = false
        activity = .closing
        timer.set(loop.now + .nanoseconds(limits.phases.close))
        write(Outgoing(farewell))
        owner?.sessionAnswered(self, event)
    }
}
