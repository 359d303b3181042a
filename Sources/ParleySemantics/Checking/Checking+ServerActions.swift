import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// The actions in the order in which the server needs them: what governs a reply (`offers`,
    /// `dribble`, `after D`, `cut`, `ending`) stands behind it in the script and before it here.
    func actions(
        _ rule: ServerRule,
        _ event: String,
        _ spec: ProtocolSpec?,
        _ texts: inout [CheckedExpression]
    ) -> [CheckedServerRule.Action] {
        var actions: [CheckedServerRule.Action] = []
        var governed = 0
        func govern(_ action: CheckedServerRule.Action) {
            actions.insert(action, at: governed)
            governed += 1
        }
        func add(text: CheckedExpression) -> Int {
            texts.append(text)
            return texts.count - 1
        }
        /// An action in the order in which it is written.
        func act(_ action: CheckedServerRule.Action) {
            governed = actions.count
            actions.append(action)
        }
        for action in rule.actions {
            switch action.kind {
            case .reply(let code, let enhanced, let lines):
                refuseInHandshake(action, event, "a reply")
                if let spec, spec.answersInWords {
                    reportCodeOfServer(action.range, spec)
                    continue
                }
                // The parser has reported what is not three digits.
                if let literal = code.literal, literal.utf8.count != 3 { continue }
                guard case .code(let number)? = constant(code, as: .code, what: "a reply's code")
                else { continue }
                let status = enhanced.flatMap { word -> String? in
                    guard constant(word, as: .enhanced, what: "an enhanced code") != nil else {
                        return nil
                    }
                    return word.literal
                }
                act(
                    .reply(code: number, enhanced: status, lines: lines.map { add(text: text($0)) })
                )
            case .status(let name, let code, let text):
                refuseInHandshake(action, event, "a status")
                guard let word = StatusWord(rawValue: name.text),
                    isStatus(name, word, of: event, spec)
                else { continue }
                act(
                    .status(
                        word,
                        code: code?.literal,
                        text: text.map { add(text: self.text($0)) }
                    )
                )
            case .untagged(let word):
                refuseInHandshake(action, event, "data")
                guard isSpokenInWords(spec, "untagged", action.range) else { continue }
                act(.untagged(add(text: text(word))))
            case .raw(let word): act(.raw(add(text: text(word, isWord: false)), times: 1))
            case .times(let word):
                guard case .raw(let text, _)? = actions.last else {
                    report(
                        .structure,
                        "`repeat` stands behind `raw`",
                        at: action.range,
                        help: "raw \"octets\" repeat N"
                    )
                    continue
                }
                actions[actions.count - 1] = .raw(text, times: positive(word) ?? 1)
            case .drop: act(.drop)
            case .reset: act(.reset)
            case .stall: act(.stall)
            case .halfClose: act(.halfClose)
            case .offers(let words):
                let ofWords = ["greet", "capability", "login", "auth"]
                let isAnnounced = spec?.answersInWords == true && ofWords.contains(event)
                if event != "ehlo", event != "lhlo", !isAnnounced {
                    report(
                        .structure,
                        "`offers` stands on the reply to EHLO, or in IMAP to CAPABILITY or a login",
                        at: action.range,
                        help: "on ehlo => 250 offers […], on capability => offers […]"
                    )
                }
                govern(.offers(words.map { add(text: text($0)) }))
            case .dribble(let size, let every):
                guard let octets = octets(size, "a piece's size"),
                    let interval = constantDuration(every, what: "the interval")
                else { continue }
                govern(.dribble(size: octets, interval: interval))
            case .after(let word):
                guard let delay = constantDuration(word, what: "a delay") else { continue }
                govern(.wait(delay))
            case .cut(let word):
                guard let octets = octets(word, "what is sent of the reply") else { continue }
                govern(.cut(octets))
            case .ending(let word): govern(.ending(add(text: text(word, isWord: false))))
            case .split(let word):
                guard let octets = octets(word, "the size of a write") else { continue }
                govern(.split(octets))
            case .challenge(let word):
                if event != "auth", event != "response" {
                    report(
                        .structure,
                        "`challenge` stands behind AUTH and its responses",
                        at: action.range,
                        help: "on auth => challenge \"text\""
                    )
                }
                act(.challenge(add(text: text(word, isWord: false))))
            case .sasl(let word):
                if event != "auth" {
                    report(
                        .structure,
                        "`sasl` stands behind AUTH",
                        at: action.range,
                        help: "on auth => sasl wrong-signature"
                    )
                }
                if let fault = keyword(word, Self.saslFaults, what: "the fault") {
                    govern(.sasl(fault))
                }
            case .alert(let word):
                if event != "tls" {
                    report(
                        .structure,
                        "`alert` stands in place of a TLS handshake",
                        at: action.range,
                        help: "on tls => alert handshake_failure"
                    )
                }
                if let name = keyword(word, TLSAlertNames.all.map(\.name), what: "the alert"),
                    let row = TLSAlertNames.all.first(where: { $0.name == name })
                {
                    act(.alert(row.number))
                }
            case .absent(let word): absent(word, event, at: action.range).map(act)
            case .signal(let name): act(.signal(add(text: givenSignal(name))))
            case .await(let name, let within):
                let limit = within.flatMap { constantDuration($0, what: "a limit") }
                act(.await(add(text: awaitedSignal(name)), within: limit ?? Self.awaitLimit))
            }
        }
        return actions
    }

    /// What a server can do wrong in a SASL exchange; the engine's tests hold it against the wire's
    /// list.
    static let saslFaults = [
        "garbage", "endless", "accept-anybody", "skip-steps", "wrong-signature", "no-signature",
        "wrong-nonce", "echo-nonce", "no-nonce", "no-salt", "bad-salt", "no-iterations",
        "mandatory-extension",
    ]

    /// How long a signal is awaited where no `within` says so, in nanoseconds.
    static let awaitLimit: Int64 = 30_000_000_000

    /// A number of octets, at least one.
    private func octets(_ word: Word, _ what: String) -> Int? {
        guard case .size(let octets)? = constant(word, as: .size, what: what) else { return nil }
        guard octets > 0, let size = Int(exactly: octets) else {
            report(.typeLiteral, "\(what) is an octet or more", at: word.range)
            return nil
        }
        return size
    }

    private func refuseInHandshake(_ action: ServerAction, _ event: String, _ what: String) {
        guard event == "tls" else { return }
        report(
            .structure,
            "\(what) has no place in a TLS handshake",
            at: action.range,
            help: "write `raw \"octets\"` for what is no TLS, or `alert NAME`"
        )
    }
}
