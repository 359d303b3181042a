import ParleyMachine
import ParleyNetwork
import ParleyVerbs
import ParleyWire

extension Session {
    /// Takes plaintext of the peer and goes as far as it allows.
    func received(plaintext bytes: UnsafeRawBufferPointer) {
        receivedOctets += bytes.count
        run.recorder?.note(self, octets: bytes.count) { $0.received(Array(bytes), at: clock) }
        guard receivedOctets <= limits.session else {
            fail(
                SessionFailure(
                    reason: "limit.session",
                    stage: stage,
                    message:
                        "the server sent more than \(limits.session) octets in one session",
                    held: client.heldBytes
                )
            )
            return
        }
        client.receive(bytes)
        consume()
    }

    /// Gives whole replies and units to what awaits them.
    func consume() {
        guard !isComputing else { return }
        switch activity {
        case .greeting:
            takeReply { self.greetingArrived($0) }
        case .verb:
            consumeVerb()
        case .pipeline:
            consumePipeline()
        case .receiving(let unit):
            if let event = consumeReceived(unit) { answer(event) }
        case .closing:
            if let reply = try? client.nextReply() {
                note(reply: reply)
                disconnect()
            }
        case .connecting, .securing, .idle, .sending, .closed:
            break
        }
        takeUnsolicited()
        showUnread()
    }

    private func takeReply(_ body: (Reply) -> Void) {
        do throws(WireError) {
            guard let reply = try client.nextReply() else { return }
            body(reply)
        } catch {
            fail(failure(of: error, stage: stage))
        }
    }

    private func consumeVerb() {
        while case .verb = activity, !isComputing {
            do throws(WireError) {
                guard let reply = try client.nextReply() else { return goOn() }
                if reply.isChallenge { recordNews() }
                note(reply: reply)
                proceed(with: reply)
            } catch {
                fail(failure(of: error, stage: stage))
            }
        }
    }

    /// Gives the running verb its reply.
    func proceed(with reply: Reply) {
        do throws(WireError) {
            switch try client.resume(reply) {
            case .send(let outgoing):
                guard !client.holdsReply else {
                    fail(talkedAhead())
                    return
                }
                write(outgoing)
            case .wait:
                break
            case .compute(let work):
                compute(work, for: reply)
            case .done(let reply):
                finishVerb(reply)
            case .startTLS(let reply):
                startTLS(after: reply)
            }
        } catch {
            broke(error)
        }
    }

    /// The client gave up on the server.
    private func broke(_ error: WireError) {
        let failure = failure(of: error, stage: stage)
        if error.code == .refused, let farewell = client.farewell() {
            fail(failure, telling: farewell)
        } else {
            fail(failure)
        }
    }

    /// In the middle of a verb, too, nothing is sent while unread input waits (rule 21).
    private func talkedAhead() -> SessionFailure {
        SessionFailure(
            reason: "\(family).reply.unsolicited",
            stage: stage,
            message: "the server went on without waiting for the answer to its challenge",
            held: client.heldBytes
        )
    }

    private func finishVerb(_ reply: Reply) {
        lastVerb = stage
        if reply.isFarewell { leave(after: reply) }
        if let ending, reply.status != nil, reply.isFarewell {
            // A BYE comes in the place of an answer and is none itself.
            answer(.failed(ending))
        } else {
            answer(.reply(reply))
        }
    }

    /// 421 announces that the server closes; the session is over once it is judged.
    func leave(after reply: Reply) {
        ending = SessionFailure(
            reason: "\(family).closed",
            stage: stage,
            message: "the server closed the session: \(reply.summary)",
            reply: reply
        )
        disconnect()
    }

    private func consumePipeline() {
        while case .pipeline = activity, !isComputing {
            do throws(WireError) {
                guard let reply = try client.nextReply() else { return }
                note(reply: reply)
                proceedPipeline(with: reply)
            } catch {
                broke(error)
            }
        }
    }

    /// Gives the verb of the pipeline whose turn it is its reply.
    func proceedPipeline(with reply: Reply) {
        guard case .pipeline(var progress) = activity else { return }
        let index = progress.outcomes.count
        do throws(WireError) {
            switch try client.resumePipelined(reply, at: index) {
            // A login at the end goes on challenge by challenge.
            case .send(let outgoing): return write(outgoing)
            case .compute(let work): return compute(work, for: reply)
            case .done, .startTLS, .wait: break
            }
        } catch {
            return broke(error)
        }
        progress.outcomes.append(.success(reply))
        lastVerb = progress.names[index]
        activity = .pipeline(progress)
        if progress.outcomes.count < progress.names.count {
            stage = progress.names[index + 1]
            if reply.isFarewell { failPipeline(closedBy: reply) }
        } else if let event = finishPipeline() {
            answer(event)
        }
    }

    private func failPipeline(closedBy reply: Reply) {
        fail(
            SessionFailure(
                reason: "\(family).closed",
                stage: stage,
                message: "the server closed the session before its reply to \(stage): "
                    + reply.summary,
                reply: reply
            )
        )
    }

    /// The pipeline's outcomes; verbs whose replies never came share one failure.
    func finishPipeline(failing failure: SessionFailure? = nil) -> Event? {
        guard case .pipeline(var progress) = activity else { return nil }
        if let failure {
            while progress.outcomes.count < progress.names.count {
                progress.outcomes.append(.failure(failure))
            }
        }
        return .replies(progress.outcomes)
    }

    /// The unit that `receive` awaits, if it is there.
    func consumeReceived(_ unit: ReceiveUnit) -> Event? {
        do throws(WireError) {
            switch unit {
            case .reply:
                guard let reply = try client.nextReply() else { return missing() }
                note(reply: reply)
                client.received(reply)
                settle(reply)
                return .reply(reply)
            case .line:
                guard let line = try client.nextLine() else { return missing() }
                return taken(line.bytes, ending: line.isBareLF ? [0x0A] : [0x0D, 0x0A])
            case .bytes(let count):
                guard let bytes = try client.nextBytes(count) else { return missing() }
                return taken(bytes)
            case .until(let pattern):
                return try consume(until: pattern)
            }
        } catch {
            return failing(failure(of: error, stage: stage))
        }
    }

    private func settle(_ reply: Reply) {
        timer.clear()
        activity = ending == nil ? .idle : .closed
        isOwing = client.holdsReply && isOwing
        if banner == nil { banner = reply }
        if reply.isFarewell { leave(after: reply) }
    }

    func taken(_ bytes: [UInt8], ending: [UInt8] = []) -> Event {
        record(.server, bytes + ending, isPart: true)
        timer.clear()
        activity = self.ending == nil ? .idle : .closed
        isOwing = false
        isReadingParts = true
        return .data(bytes)
    }

    /// Nothing whole is there yet; if nothing can come any more, that is the answer.
    func missing() -> Event? {
        guard let ending else { return nil }
        return failing(closedFailure(ending, stage))
    }

    private func failing(_ failure: SessionFailure) -> Event {
        timer.clear()
        activity = .closed
        if ending == nil { ending = failure }
        return .failed(failure)
    }
}
