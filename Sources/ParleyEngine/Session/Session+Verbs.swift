import ParleyMachine
import ParleyNetwork
import ParleyVerbs
import ParleyWire

extension Session {
    /// Starts a verb. An event comes back if it failed at once; else the owner is answered.
    func perform(_ call: VerbCall, tls: TLSRequest?, limit: Limit) -> Event? {
        if let refusal = checkBeforeSending(call.spec.wireName) { return refused(refusal) }
        isReadingParts = false
        if call.spec.name == "auth" { bindChannel() }
        do throws(WireError) {
            guard
                case .send(let outgoing) = try client.begin(call, isEncrypted: isEncrypted)
            else { return .done }
            learnSecrets(of: call)
            begin(.verb, stage: call.spec.wireName, limit: limit)
            pendingTLS = tls
            write(outgoing)
            return nil
        } catch {
            return .failed(failure(of: error, stage: call.spec.wireName, leavesOpen: true))
        }
    }

    /// Sends several verbs at once and reads all their replies.
    func pipeline(_ calls: [VerbCall], forced: Bool, limit: Limit) -> Event? {
        let names = calls.map(\.spec.wireName)
        if let refusal = checkBeforeSending("pipeline") { return refused(refusal) }
        assert(!calls.contains { $0.spec.name == "starttls" }, "the checker refuses it")
        do throws(WireError) {
            if names.last == "AUTH" { bindChannel() }
            let outgoing = try client.beginPipeline(
                calls,
                forced: forced,
                isEncrypted: isEncrypted
            )
            for call in calls { learnSecrets(of: call) }
            begin(
                .pipeline(PipelineProgress(names: names)),
                stage: names.first ?? "pipeline",
                limit: limit
            )
            write(outgoing)
            return names.isEmpty ? finishPipeline() : nil
        } catch {
            return .failed(failure(of: error, stage: "pipeline", leavesOpen: true))
        }
    }

    /// How much may wait for a peer that does not read before `send` waits with it, in octets: what
    /// a script sends must not gather in memory.
    static let highWater = 256 * 1024

    private var isCongested: Bool { (transport?.pendingBytes ?? 0) > Self.highWater }

    /// Sends octets as they are. An event comes back unless the peer has to read first.
    func send(_ request: SendRequest, limit: Limit) -> Event? {
        if let refusal = checkBeforeSending("send", allowsOwing: true) { return refused(refusal) }
        if request.isSecret, !isEncrypted, !client.isLoopback, !request.allowsClear {
            return .failed(
                SessionFailure(
                    reason: "auth.clear",
                    stage: "send",
                    message: "a secret would travel in clear; use TLS or say `in clear`",
                    leavesOpen: true
                )
            )
        }
        guard !isCongested else {
            begin(.sending(request), stage: "send", limit: limit)
            return nil
        }
        if client.state != "data" { isOwing = request.bytes.contains(0x0A) || isOwing }
        let hidden = client.state == "data" ? [] : rawLogin.sent(request.bytes)
        client.sentRaw(request.bytes)
        learn(request.secrets)
        write(
            Outgoing(
                request.bytes,
                secretRanges: request.isSecret ? [0..<request.bytes.count] : []
            ),
            byHand: hidden
        )
        guard isCongested else { return .done }
        begin(.sending(nil), stage: "send", limit: limit)
        return nil
    }

    /// Reads something that no verb asked for.
    func receive(_ unit: ReceiveUnit, limit: Limit) -> Event? {
        if client.bufferedBytes == 0, let ending {
            return .failed(closedFailure(ending, "receive"))
        }
        searched = 0
        searchedCount = -1
        // If the peer has left, what has come is still there to be taken.
        begin(.receiving(unit), stage: "receive", limit: limit)
        return consumeReceived(unit)
    }

    /// Marks what runs now and sets its deadline.
    private func begin(_ activity: Activity, stage: String, limit: Limit) {
        self.activity = activity
        self.stage = stage
        self.limit = limit
        activityStarted = loop.now
        timer.set(limit.deadline)
    }

    /// Lock-step (rule 21): nothing is sent while input waits that nobody asked for, or while a
    /// reply is owing.
    private func checkBeforeSending(_ stage: String, allowsOwing: Bool = false) -> SessionFailure? {
        takeUnsolicited()
        if client.holdsReply, !allowsOwing || client.state != "data" {
            return unsolicited(before: stage)
        }
        if let ending { return closedFailure(ending, stage) }
        guard !isHalfClosed else {
            return SessionFailure(
                reason: "\(family).out-of-turn",
                stage: stage,
                message: "`close half` closed our direction; nothing can be sent any more",
                notes: ["only `receive` and `close` may follow"],
                leavesOpen: true
            )
        }
        guard !isOwing || allowsOwing else {
            return SessionFailure(
                reason: "\(family).out-of-turn",
                stage: stage,
                message: "a reply to what `send` sent, or to a verb that timed out, is still owing",
                notes: ["read it with `receive reply`, or `close` the session"],
                leavesOpen: true
            )
        }
        return nil
    }

    /// Nothing was sent. Where the dialogue is out of step, nothing more will be.
    private func refused(_ failure: SessionFailure) -> Event {
        if !failure.leavesOpen, ending == nil {
            ending = failure
            abort(how: failure.reason)
        }
        return .failed(failure)
    }

    /// What lies unread is a farewell (421), or a reply to nothing.
    func unsolicited(before stage: String) -> SessionFailure? {
        if isOwing { return nil }
        guard request.spec.hasGreeting else { return nil }
        let held = client.heldBytes
        if let reply = try? client.nextReply() {
            note(reply: reply)
            if reply.isFarewell {
                leave(after: reply)
                return SessionFailure(
                    reason: "\(family).closed",
                    stage: stage,
                    message: "the server closed the session after \(lastVerb): \(reply.summary)",
                    reply: reply
                )
            }
        }
        return SessionFailure(
            reason: "\(family).reply.unsolicited",
            stage: stage,
            message: "before \(stage) the server sent something that nobody had asked for",
            notes: ["after \(lastVerb) it should have waited for the next command"],
            held: held
        )
    }
}

extension Reply {
    /// `550 5.1.1 User unknown`, on one line.
    var summary: String {
        if let statusText { return "\(verdict) \(statusText)" }
        return text.isEmpty
            ? "\(code)" : "\(code) \(text.split(separator: "\n").joined(separator: " "))"
    }
}
