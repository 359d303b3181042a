internal import ParleyVerbs

/// Where an IMAP session stands, and what that allows; knows nothing of octets. RFC 9051 §3.
struct IMAPSession: Sendable {
    /// The states of ``IMAPVerbs/states``.
    enum Phase: String, Sendable {
        /// Connected, the greeting not yet read.
        case connected
        /// Nobody has logged in.
        case notAuthenticated = "not authenticated"
        /// Logged in, and no mailbox is open.
        case authenticated
        /// A mailbox is open.
        case selected
        /// The server tells what is new, until DONE.
        case idle
        /// LOGOUT was sent.
        case logout
        /// Over.
        case closed
    }

    var phase: Phase = .connected
    /// What the server offers; `nil` while it has not told, or not since that may have changed.
    var capabilities: Capabilities?
    /// Whether the server told what it offers since the running command was sent.
    var toldCapabilities = false
    /// Whether quoted strings may hold UTF-8, RFC 6855.
    var isUTF8 = false
    /// The mailboxes that the server named, in the order in which it did.
    var mailboxes = MailboxNames()

    var isAuthenticated: Bool { phase == .authenticated || phase == .selected || phase == .idle }

    /// What a server of IMAP4rev2 does without saying it by name, RFC 9051 §6 and appendix E.
    private static let ofRevision2: Set<String> = [
        "ENABLE", "IDLE", "LITERAL-", "MOVE", "NAMESPACE", "SASL-IR", "UIDPLUS", "UNSELECT",
    ]

    /// Whether the server is known to offer `keyword`.
    func offers(_ keyword: String) -> Bool {
        guard let capabilities else { return false }
        return capabilities.offers(keyword)
            || (Self.ofRevision2.contains(keyword) && capabilities.offers("IMAP4rev2"))
    }

    // MARK: - Turn and offer

    /// Why the verb may not be sent now, or `nil` if it may.
    func problem(with call: VerbCall, _ verb: IMAPVerb?, isEncrypted: Bool) -> WireError? {
        switch phase {
        case .connected: return outOfTurn(call, "the greeting has not been read")
        case .logout, .closed: return outOfTurn(call, "the session is over")
        default: break
        }
        guard !call.admitsRefusal else { return nil }
        return turn(call, verb, isEncrypted) ?? offer(call, verb)
    }

    private func turn(_ call: VerbCall, _ verb: IMAPVerb?, _ isEncrypted: Bool) -> WireError? {
        if verb == .starttls, isEncrypted { return outOfTurn(call, "TLS is up already") }
        guard !call.spec.states.contains(phase.rawValue) else { return nil }
        switch phase {
        case .notAuthenticated: return outOfTurn(call, "nobody has logged in")
        case .authenticated where call.spec.states == ["selected"]:
            return outOfTurn(call, "no mailbox is selected")
        case .selected where verb == .enable:
            return outOfTurn(call, "ENABLE comes before a mailbox is selected")
        default: return outOfTurn(call, "the session is logged in already")
        }
    }

    private func offer(_ call: VerbCall, _ verb: IMAPVerb?) -> WireError? {
        guard !call.isUnoffered else { return nil }
        if verb == .login, offers("LOGINDISABLED") {
            return WireError(.notOffered, "LOGIN: the server says LOGINDISABLED")
        }
        guard let keyword = call.spec.requires else { return nil }
        // RFC 9208 §3.1: the resources of a quota are capabilities of their own.
        if offers(keyword) { return nil }
        let why =
            capabilities == nil
            ? "the server has not told what it offers; say `capability` first"
            : "the server does not offer \(keyword)"
        return WireError(.notOffered, "\(call.spec.wireName): \(why)")
    }

    private func outOfTurn(_ call: VerbCall, _ why: String) -> WireError {
        WireError(.outOfTurn, "\(call.spec.wireName): \(why)")
    }

    // MARK: - What responses change

    /// A response came, whatever it answers: capabilities and names are taken from it.
    mutating func note(_ response: IMAPResponse) {
        if let code = response.code, code.prefix(10).isWord("CAPABILITY") {
            learn(code.dropFirst(10))
        }
        guard response.kind == .untagged, response.word == nil else { return }
        if response.begins(with: "CAPABILITY") {
            learn(response.text.dropFirst(10))
        } else if response.begins(with: "ENABLED") {
            let enabled = response.words.dropFirst().map { String(decoding: $0, as: UTF8.self) }
            if enabled.contains(where: { $0.asciiUppercased == "UTF8=ACCEPT" }) { isUTF8 = true }
        } else if response.begins(with: "LIST") || response.begins(with: "LSUB") {
            if let name = ListedMailbox(response.text)?.name(isUTF8: isUTF8) {
                mailboxes.insert(name)
            }
        }
    }

    /// A command that names mailboxes was carried out: which of them there are now.
    mutating func note(_ verb: IMAPVerb?, _ names: [String]) {
        switch verb {
        case .select, .examine, .create: names.prefix(1).forEach { mailboxes.insert($0) }
        case .delete: names.prefix(1).forEach { mailboxes.remove($0) }
        case .rename:
            names.prefix(1).forEach { mailboxes.remove($0) }
            names.dropFirst().prefix(1).forEach { mailboxes.insert($0) }
        default: break
        }
    }

    private mutating func learn(_ words: ArraySlice<UInt8>) {
        capabilities = Capabilities(words: words)
        toldCapabilities = true
    }

    /// The greeting was read.
    mutating func greet(_ word: StatusWord?) {
        switch word {
        case .ok: phase = .notAuthenticated
        case .preauth: phase = .authenticated
        default: phase = .closed
        }
    }

    /// A command got its tagged response, or a BYE in its place.
    mutating func apply(_ verb: IMAPVerb?, _ word: StatusWord?) {
        if word == .bye {
            phase = .closed
            return
        }
        if phase == .idle { phase = resumed }
        switch (verb, word) {
        case (.login, .ok), (.auth, .ok):
            phase = .authenticated
            // RFC 9051 §6.2.2: what was told before counts no more.
            if !toldCapabilities { capabilities = nil }
        case (.select, .ok), (.examine, .ok): phase = .selected
        // RFC 9051 §6.3.2: a mailbox that cannot be opened closes the one before it.
        case (.select, .no), (.examine, .no): if phase == .selected { phase = .authenticated }
        case (.unselect, .ok), (.close, .ok): phase = .authenticated
        case (.logout, .ok): phase = .closed
        case (.logout, _): phase = resumed
        default: break
        }
    }

    /// The state to go back to behind IDLE or a LOGOUT that was refused.
    var resumed: Phase = .notAuthenticated

    /// A command is about to go out.
    mutating func begin(_ verb: IMAPVerb?) {
        toldCapabilities = false
        resumed = phase
        if verb == .logout { phase = .logout }
    }

    /// TLS is up. RFC 9051 §6.2.1: what was learnt before is void.
    mutating func upgrade() {
        capabilities = nil
        // Under implicit TLS the greeting is still to come.
        if phase != .connected { phase = .notAuthenticated }
        mailboxes = MailboxNames()
        isUTF8 = false
    }
}
