import ParleySemantics
import ParleyTLS
import ParleyWire

extension ServerConnection {
    /// Whether a SASL exchange comes before the rule's reply: where it judges credentials.
    func exchanges(_ rule: CheckedServerRule?) -> Bool {
        guard let rule else { return offered.contains { $0.hasPrefix("AUTH") } }
        var isSilent = true
        for action in rule.actions {
            switch action {
            case .reply(let code, _, _): return [235, 535, 454, 432].contains(code)
            case .sasl: return true
            case .raw, .challenge, .drop, .reset, .stall, .halfClose: isSilent = false
            default: break
            }
        }
        return isSilent && offered.contains { $0.hasPrefix("AUTH") }
    }

    func beginAuth(_ argument: String, _ rule: CheckedServerRule?) {
        authRule = rule
        let faults = (rule?.actions ?? []).compactMap { action in
            if case .sasl(let fault) = action { fault } else { nil }
        }
        var context = server.saslContext(faults: faults)
        context.offersChannelBinding = offered.contains { $0.contains("-PLUS") }
        context.bindings = tls?.channelBindings ?? []
        if imap != nil {
            context.offersChannelBinding = capabilities.contains { $0.contains("-PLUS") }
        }
        var exchange = SASLServerExchange(argument, context)
        let step = exchange.start()
        self.exchange = exchange
        continueAuth(step)
    }

    /// A line behind a 334.
    func heardResponse(_ line: [UInt8]) {
        if var exchange {
            let step = exchange.receive(line)
            self.exchange = exchange
            continueAuth(step)
            return
        }
        let text = Base64.decode(line) ?? line
        let rule = rule(for: "response", subject: text, line: line)
        answer("response", rule, default: SMTPServerReply(501, EnhancedStatus(5, 5, 2)))
    }

    private func continueAuth(_ step: SASLServerExchange.Step) {
        switch step {
        case .refused where server.isReplay, .malformed where server.isReplay,
            .unknownMechanism where server.isReplay:
            // What the client sent by hand stands no more in the recording.
            end(authRule, 235, EnhancedStatus(2, 7, 0), "Authenticated")
        case .challenge(let text) where imap != nil:
            say(continuation: text)
            imap?.codec.readsLine = true
            isBusy = false
            proceed()
        case .challenge(let text):
            note("S", Array("334 \(text)".utf8))
            put(Array("334 \(text)\r\n".utf8))
            codec.mode = .authResponse
            isBusy = false
            proceed()
        case .credentials:
            end(authRule, 235, EnhancedStatus(2, 7, 0), "Authenticated")
        case .refused(let failure):
            note("*", Array("AUTH: \(failure.reason)".utf8))
            end(nil, 535, EnhancedStatus(5, 7, 8), "Authentication failed")
        // A recorded reply may be one to a login that was cancelled.
        case .cancelled:
            end(
                server.isReplay && imap != nil ? authRule : nil,
                501,
                EnhancedStatus(5, 7, 0),
                "Cancelled"
            )
        case .malformed(let why):
            note("*", Array("AUTH: \(why)".utf8))
            end(nil, 501, EnhancedStatus(5, 5, 2), "Cannot make sense of that")
        case .unknownMechanism:
            end(nil, 504, EnhancedStatus(5, 5, 4), "Unknown mechanism")
        }
    }

    private func end(
        _ rule: CheckedServerRule?,
        _ code: Int,
        _ status: EnhancedStatus?,
        _ text: String
    ) {
        exchange = nil
        guard imap == nil else { return endInIMAP(rule, code, text) }
        answer("auth", rule, default: SMTPServerReply(code, status, [text]))
    }
}
