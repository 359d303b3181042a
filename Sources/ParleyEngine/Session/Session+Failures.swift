import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyVerbs
import ParleyWire

extension Session {
    /// Ends the session and tells the fiber that awaits it.
    func fail(_ failure: SessionFailure) {
        let event = finishPipeline(failing: failure) ?? .failed(failure)
        if ending == nil { ending = failure }
        isEndingTold = true
        abort(how: failure.reason)
        answer(event)
    }

    /// The deadline passed. What arrived so far stays: `timeout` may be what the script expects.
    func deadlinePassed() {
        switch activity {
        case .closing:
            tlsEngine?.close()
            flushTLS()
            abort(how: "closed")
        case .closed:
            transport?.close()
        case .idle:
            break
        case .connecting where isBeforeProxy && loop.now < limit.deadline:
            fail(proxyTimeout)
        case .connecting, .securing, .greeting:
            let held = client.heldBytes
            let notes = handshakeNotes + (isRouted ? [] : attemptNotes)
            ending = SessionFailure(
                reason: "net.timeout",
                stage: stage,
                message: "the session was given up: \(stage) took too long"
            )
            abort(how: "timeout")
            answer(.timedOut(stage: stage, held: held, notes: notes))
        case .verb where endByWord():
            break
        case .verb, .receiving, .sending:
            isOwing = true
            run.recorder?.note(self) { $0.timedOut() }
            answer(late)
        case .pipeline:
            fail(
                SessionFailure(
                    reason: "\(family).reply.timeout",
                    stage: stage,
                    message: "no whole reply to \(stage) came within the limit",
                    held: client.heldBytes
                )
            )
        }
    }

    /// That nothing whole came; or, where it came and its answer was still being computed, that.
    private var late: Event {
        guard isComputing else { return .timedOut(stage: stage, held: client.heldBytes) }
        return .timedOut(
            stage: "computing",
            held: [],
            notes: [
                "\(stage): the server had answered; what that demands was still being computed on "
                    + "this machine (SCRAM’s iterations, a search)"
            ]
        )
    }

    /// A failure of the protocol in the words of the reasons.
    func failure(of error: WireError, stage: String, leavesOpen: Bool = false) -> SessionFailure {
        var reason = error.reason
        if reason == "smtp.not-offered", stage == "STARTTLS" { reason = "tls.starttls.not-offered" }
        // The codec of SMTP serves its sisters too.
        if family != "smtp", reason.hasPrefix("smtp.") {
            reason = family + reason.dropFirst("smtp".utf8.count)
        }
        return SessionFailure(
            reason: reason,
            stage: stage,
            message: error.detail,
            held: error.bytes.isEmpty ? client.heldBytes : error.bytes,
            leavesOpen: leavesOpen
        )
    }

    /// The stage at which a close hurts: "closed after MAIL, before its reply".
    func closedFailure(_ ending: SessionFailure, _ stage: String) -> SessionFailure {
        var failure = ending
        failure.stage = stage
        failure.held = client.heldBytes
        guard ending.reply == nil,
            ending.reason.hasSuffix(".closed") || ending.reason == "net.reset"
        else { return failure }
        let how = ending.reason == "net.reset" ? "reset" : "closed"
        switch stage {
        case "banner":
            failure.message = "the server \(how) the connection before its greeting"
        case "TLS handshake":
            failure.message = "the server \(how) the connection during the TLS handshake"
        case "receive", "send", "pipeline", "connect":
            failure.message = "the server \(how) the connection after \(lastVerb)"
        default:
            failure.message =
                isAwaitingReply
                ? "the server \(how) the connection after \(stage), before its reply"
                : "the server \(how) the connection after \(lastVerb), before \(stage) was sent"
        }
        return failure
    }

    /// Why nothing can be sent any more, if the server is to blame.
    func lost(before stage: String) -> SessionFailure? {
        guard let ending, !isEndedByUs else { return nil }
        if isEndingTold, ending.reason.hasPrefix("tls.") {
            return SessionFailure(
                reason: ending.reason,
                stage: stage,
                message: "\(stage): the session is over, because TLS failed"
            )
        }
        // Its last words may lie unread: a 421 says why.
        if ending.reply == nil, client.holdsReply, let words = unsolicited(before: stage) {
            return words
        }
        return closedFailure(ending, stage)
    }

    /// How far a handshake came that took too long.
    private var handshakeNotes: [String] {
        guard case .securing = activity else { return [] }
        let count = survey?.reader.received ?? tlsEngine?.receivedCount ?? 0
        return [
            count == 0
                ? "nothing was received while waiting"
                : "received so far, \(count) octets of the handshake"
        ]
    }

    private var isAwaitingReply: Bool {
        switch activity {
        case .verb, .pipeline: true
        default: false
        }
    }
}
