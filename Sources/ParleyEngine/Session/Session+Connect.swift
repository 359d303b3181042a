import ParleyMachine
import ParleyNetwork
import ParleyVerbs
import ParleyWire

extension Session {
    /// Begins to connect; the owner is answered with `connected`, `failed` or `timedOut`.
    func connect() {
        // The circle is broken when the driver lets the session go.
        timer.onPassed = { self.deadlinePassed() }
        arm(phase: limits.phases.connect)
        if request.route?.proxy != nil { stage = "proxy" }
        transport = loop.connect(transportTarget, handler: self)
    }

    /// Sets the deadline of a phase: the statement's `within` if it has one, else the phase's own
    /// limit, and never later than what is around it.
    func arm(phase: Int64) {
        let own =
            request.within.map { started + .nanoseconds($0) } ?? loop.now + .nanoseconds(phase)
        timer.set(min(own, limit.deadline))
    }

    /// The transport is there: TLS first if the protocol says so, then the greeting.
    func transportReady(_ transport: any Transport) {
        routed(transport)
        publish(.connected(session: id, peer: peer, took: clock))
        run.recorder?.note(self) { $0.connected() }
        guard sendHeader(transport) else { return }
        if request.spec.isImplicitTLS {
            secure(request.tls, thenReply: nil)
        } else {
            awaitGreeting()
        }
    }

    /// Awaits the greeting, or is done if the protocol has none.
    func awaitGreeting() {
        guard request.spec.hasGreeting else {
            answer(.connected(self, greeting: nil))
            return
        }
        stage = "banner"
        activity = .greeting
        activityStarted = loop.now
        arm(phase: limits.phases.greeting)
        talkEarly()
        consume()
    }

    /// The greeting is whole.
    func greetingArrived(_ reply: Reply) {
        client.greeted(reply)
        banner = reply
        note(reply: reply)
        lastVerb = "the greeting"
        answer(.connected(self, greeting: reply))
    }
}
