import ParleyMachine
import ParleyNetwork
import ParleyVerbs
import ParleyWire

extension Session {
    /// Takes what the server tells while nothing is asked, where its protocol lets it (RFC 9051
    /// §7): it is no reply, and goes into the transcript at once.
    func takeUnsolicited() {
        // Behind a raw line it may be what the script is about to read.
        while case .idle = activity, !isOwing, ending == nil {
            // What breaks the protocol is named when the next command finds it.
            guard let data = try? client.nextUnsolicited() else { return }
            record(.server, data.bytes)
            if run.publishesSessions {
                publish(.unsolicited(session: id, run.redactor.scrub(data.bytes)))
            }
            guard let farewell = data.farewell else { continue }
            lastReply = farewell
            leave(after: farewell)
            reportClosed(how: "closed by the server")
        }
    }

    /// Shows lines that came while nothing is asked to who sits there: a 421. They stay where they
    /// are, and the next command finds them.
    ///
    /// - Parameter isOver: the connection is; what it leaves unfinished, asked for or not, will
    ///   never become more.
    func showUnread(isOver: Bool = false) {
        guard run.publishesUnread, case .idle = activity, isOver || !isOwing, ending == nil,
            family != "tcp"
        else { return }
        let held = client.heldBytes
        if held.count < shownUnread { shownUnread = 0 }
        guard held.count > shownUnread, isOver || held.last == 0x0A else { return }
        publish(.unread(session: id, run.redactor.scrub(Array(held[shownUnread...]))))
        shownUnread = held.count
    }

    /// The running verb's reply is not whole: what has come of it is shown if the verb waits for
    /// news, and the verb may have to say something.
    func goOn() {
        guard client.state == "idle" else { return }
        recordNews()
        if let outgoing = client.prompt(isTimeUp: false) { write(outgoing) }
    }

    /// Shows what has come of the running verb's reply so far.
    func recordNews() {
        record(.server, client.takeNews())
    }

    /// The time of a verb is up that ends by a word of ours: `DONE`. The server has some more time
    /// to answer that, unless an outer limit passed.
    func endByWord() -> Bool {
        guard limit.isOwn, let outgoing = client.prompt(isTimeUp: true) else { return false }
        timer.set(loop.now + .nanoseconds(limits.phases.reply))
        write(outgoing)
        return true
    }
}
