import ParleyVerbs
import ParleyWire

/// A connection whose server speaks IMAP. A command is answered by the response with its tag, or by
/// one that asks for more; what else comes belongs to the command that awaits its answer.
extension RecordedSession {
    mutating func sentInIMAP(_ octets: [UInt8]) {
        if imap?.isGarbled == true { pending = nil }
        octets.withUnsafeBytes { imap?.codec.append($0) }
        proceedInIMAP()
    }

    mutating func receivedInIMAP(_ octets: [UInt8]) {
        guard imap?.isGarbled == false else { return keep(octets, at: last) }
        octets.withUnsafeBytes { imap?.parser.append($0) }
        proceedInIMAP()
    }

    /// Goes as far as both sides allow.
    mutating func proceedInIMAP() {
        while phase == .open {
            if pending == nil, let event = try? imap?.codec.next() {
                heard(event)
            } else if let response = nextResponse() {
                take(response)
            } else {
                return
            }
        }
    }

    /// What lies unread belongs to the latest event.
    mutating func flushInIMAP() {
        guard let octets = imap?.parser.pending, !octets.isEmpty else { return }
        imap?.parser.removeAll()
        keep(octets, at: last)
    }

    private mutating func nextResponse() -> IMAPResponse? {
        guard imap?.isGarbled == false else { return nil }
        do {
            return try imap?.parser.next()
        } catch {
            imap?.isGarbled = true
            flushInIMAP()
            return nil
        }
    }

    // MARK: - Events

    private mutating func heard(_ event: IMAPServerCodec.Event) {
        switch event {
        case .awaitsLeave:
            guard let command = imap?.codec.unfinished else { return }
            note(command)
            pending = add("literal", of: command.verb)
        case .line:
            if imap?.isIdling == true {
                imap?.isIdling = false
                pending = add("done")
            } else {
                pending = exchange ?? add("response")
            }
        case .command(let command):
            note(command)
            exchange = nil
            pending = add(command.verb)
            if command.verb == "auth" {
                login(String(decoding: command.argument, as: UTF8.self))
                imap?.hasInitialResponse = command.argument.contains(0x20)
            }
            if imap?.early.remove(command.tag) != nil { pending = nil }
        }
    }

    private mutating func note(_ command: IMAPCommand) { imap?.tag = command.tag }

    // MARK: - Answers

    private mutating func take(_ response: IMAPResponse) {
        guard let index = pending else { return keep(response.raw, at: last) }
        let isGreeting = steps[index].event == "greet"
        switch response.kind {
        case .continuation where !isGreeting:
            pending = nil
            asked(response, at: index)
        case .tagged(let tag) where tag == imap?.tag && !isGreeting:
            pending = nil
            answered(response, at: index)
        case .untagged where isGreeting && response.word != nil:
            pending = nil
            answered(response, at: index)
        // A server may answer what was sent later first.
        case .tagged(let tag) where imap.map({ $0.early.count < RecordedIMAP.earlyLimit }) == true:
            imap?.early.insert(tag)
            keep(response.raw, at: index)
        default: keep(response.raw, at: index)
        }
    }

    /// The server awaits the rest of the command.
    private mutating func asked(_ response: IMAPResponse, at index: Int) {
        let step = steps[index]
        switch step.event {
        // With another password there may be a literal more or less.
        case "literal" where step.verb == "login": return
        case "literal": return keep(response.raw, at: index)
        case "auth" where exchange != nil: steps[index].hasChallenges = true
        case "auth", "response": steps[index].pieces.append(.challenge)
        default:
            imap?.isIdling = step.event == "idle"
            keep(response.raw, at: index)
        }
        imap?.codec.readsLine = true
    }

    private mutating func answered(_ response: IMAPResponse, at index: Int) {
        let step = steps[index]
        let octets = clean(response.raw)
        // Nothing of an exchange is played where the server refused the command itself.
        let isAtOnce = !step.hasChallenges && imap?.hasInitialResponse == false
        if step.event == "auth", isAtOnce {
            steps[index].pieces.append(.raw(octets))
        } else {
            steps[index].pieces.append(.reply(octets))
        }
        noteDelay(at: index)
        switch (step.event, response.word) {
        case ("literal", _): imap?.codec.abandonCommand()
        case ("starttls", .ok):
            imap?.codec.dropInput()
            phase = .handshake
        case ("logout", .ok), ("greet", .bye): willClose = true
        default: break
        }
    }

    /// Octets of the server as they are.
    private mutating func keep(_ octets: [UInt8], at index: Int) {
        let octets = clean(octets)
        let isFull = steps[index].pieces.count >= RecordedIMAP.pieceLimit
        if isFull || imap?.isGarbled == true, case .raw(var all)? = steps[index].pieces.last {
            steps[index].pieces.removeLast()
            all += octets
            steps[index].pieces.append(.raw(all))
        } else {
            steps[index].pieces.append(.raw(octets))
        }
        noteDelay(at: index)
    }

    private func clean(_ octets: [UInt8]) -> [UInt8] {
        IMAPResponse.rewriting(octets, scrub)
    }
}
