import ParleySemantics
import ParleyVerbs
import ParleyWire

/// A connection whose server speaks IMAP.
extension ServerConnection {
    /// What it offers now.
    var capabilities: [String] { capabilities(isAuthenticated: isAuthenticated) }

    private func capabilities(isAuthenticated: Bool) -> [String] {
        let usual = IMAPServerDefaults.capabilities(
            isSecured: isSecured,
            isAuthenticated: isAuthenticated
        )
        let offered = imap?.offered ?? usual
        return offered.filter { tls == nil || $0.asciiUppercased != "STARTTLS" }
    }

    func greetInIMAP(_ rule: CheckedServerRule?) {
        let usual = IMAPServerReply(
            .ok,
            code: "CAPABILITY \(capabilities.joined(separator: " "))",
            "\(server.greetingName) ready"
        )
        answer("greet", rule, default: nil, status: usual)
    }

    /// Hears the next command, if one is whole.
    func hearIMAP() throws(WireError) -> Bool {
        guard let event = try imap?.codec.next() else { return false }
        isBusy = true
        switch event {
        case .awaitsLeave: heardLiteral()
        case .line(let line): heard(line: line)
        case .command(let command):
            imap?.tag = command.tag
            heard(command.verb, command.line)
            let rule = rule(
                for: command.verb,
                subject: command.argument,
                line: command.line
            )
            heard(command, rule)
        }
        return true
    }

    /// A command waits for leave to go on with a literal.
    private func heardLiteral() {
        guard let command = imap?.codec.unfinished else { return }
        imap?.tag = command.tag
        heard("literal")
        let subject = Array(command.verb.utf8) + [0x20] + command.argument
        let rule = rule(for: "literal", subject: subject, line: command.line)
        imap?.grantsLeave = !judges(rule)
        answer("literal", rule, default: nil)
    }

    private func heard(_ command: IMAPCommand, _ rule: CheckedServerRule?) {
        switch command.verb {
        case "auth" where exchangesInIMAP(rule):
            beginAuth(String(decoding: command.argument, as: UTF8.self), rule)
        case "idle" where !judges(rule) && isAuthenticated:
            say(continuation: "idling")
            imap?.isIdling = true
            imap?.codec.readsLine = true
            answer("idle", rule, default: nil)
        default: answer(command.verb, rule, default: nil, status: usual(command))
        }
    }

    private func heard(line: [UInt8]) {
        guard imap?.isIdling == true else {
            note("C", line)
            if exchange == nil { heard("response") }
            return heardResponse(line)
        }
        imap?.isIdling = false
        heard("done", line)
        let isDone = line.lazy.map { $0 | 0x20 }.elementsEqual("done".utf8)
        answer(
            "done",
            rule(for: "done", subject: line, line: line),
            default: nil,
            status: isDone
                ? IMAPServerReply(.ok, "IDLE completed") : IMAPServerReply(.bad, "Expected DONE")
        )
    }

    /// The polite answer.
    private func usual(_ command: IMAPCommand) -> IMAPServerReply {
        switch command.verb {
        case "capability":
            return IMAPServerReply(
                .ok,
                "CAPABILITY completed",
                untagged: ["CAPABILITY \(capabilities.joined(separator: " "))"]
            )
        case "starttls":
            let isOffered = capabilities.contains { $0.asciiUppercased == "STARTTLS" }
            return isOffered
                ? IMAPServerReply(.ok, "Begin TLS negotiation now")
                : IMAPServerReply(.bad, "TLS is not offered")
        case "login":
            let strings = command.strings
            guard strings.count == 2 else { return IMAPServerReply(.bad, "Two arguments are due") }
            guard server.accepts(user: strings[0], password: strings[1]) else {
                return IMAPServerReply(.no, code: "AUTHENTICATIONFAILED", "Login failed")
            }
            return IMAPServerReply(.ok, code: codeOfLogin, "LOGIN completed")
        default:
            return IMAPServerDefaults.reply(
                to: command,
                name: server.greetingName,
                isAuthenticated: isAuthenticated
            )
        }
    }

    /// What a login brings, told with it.
    private var codeOfLogin: String {
        "CAPABILITY \(capabilities(isAuthenticated: true).joined(separator: " "))"
    }

    /// The end of a SASL exchange.
    func endInIMAP(_ rule: CheckedServerRule?, _ code: Int, _ text: String) {
        let status: IMAPServerReply =
            switch code {
            case 235: IMAPServerReply(.ok, code: codeOfLogin, "AUTHENTICATE completed")
            case 535: IMAPServerReply(.no, code: "AUTHENTICATIONFAILED", text)
            case 504: IMAPServerReply(.no, code: "CANNOT", text)
            default: IMAPServerReply(.bad, text)
            }
        answer("auth", rule, default: nil, status: status)
    }

    /// Asks for a line of a SASL exchange, or for a literal.
    func say(continuation text: String) {
        let line = Array("+ \(text)".utf8)
        note("S", line)
        put(line + [0x0D, 0x0A])
    }

    /// Whether a SASL exchange comes before the rule's status.
    private func exchangesInIMAP(_ rule: CheckedServerRule?) -> Bool {
        guard let rule else { return true }
        return !rule.actions.contains { action in
            switch action {
            case .raw, .challenge, .drop, .reset, .stall, .halfClose: true
            // A recording writes out what was said before any exchange.
            case .status(.bad, _, _): !server.isReplay
            default: false
            }
        }
    }

    /// Whether a rule says what the command comes to, so that it is not carried out.
    private func judges(_ rule: CheckedServerRule?) -> Bool {
        rule?.actions.contains { action in
            switch action {
            case .status, .raw, .drop, .reset, .stall, .halfClose: true
            default: false
            }
        } ?? false
    }

    /// A command was answered with this word; `nil` if its rule sent something else, or nothing.
    ///
    /// - Returns: whether the connection has gone over to something else.
    func answeredInIMAP(_ event: String, _ word: StatusWord?, asksForMore: Bool) -> Bool {
        if asksForMore { imap?.codec.readsLine = true }
        switch (event, word) {
        case ("literal", nil) where imap?.grantsLeave == true:
            say(continuation: "go ahead")
        case ("literal", .ok), ("literal", .no), ("literal", .bad):
            imap?.codec.abandonCommand()
        case ("literal", .continuation): break
        // Only a recording asks for more in octets of its own.
        case (_, .continuation):
            imap?.isIdling = event == "idle"
            imap?.codec.readsLine = true
        case (_, .bye), ("logout", .ok):
            finish()
            return true
        case ("greet", .preauth), ("login", .ok), ("auth", .ok), ("response", .ok):
            isAuthenticated = true
        case ("starttls", .ok):
            startTLS()
            return true
        default: break
        }
        return false
    }
}
