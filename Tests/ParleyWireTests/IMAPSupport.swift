import ParleyVerbs
import ParleyWire
import Testing

/// A dialogue with an IMAP client: octets in, octets out, both as text.
struct IMAPTalk {
    let client: IMAPClient

    /// A client that read this greeting.
    init(
        _ greeting: String = "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready\r\n",
        limits: WireLimits = WireLimits()
    ) throws {
        client = IMAPClient(limits: limits, makeNonce: { bytes("rOprNGfwEbeRWgbNEkqO") })
        client.greeted(try #require(try reply(greeting)))
    }

    /// A client that is logged in to a server that offers this.
    static func loggedIn(
        _ capabilities: String = "IMAP4rev1",
        limits: WireLimits = WireLimits()
    ) throws -> IMAPTalk {
        try IMAPTalk("* PREAUTH [CAPABILITY \(capabilities)] ready\r\n", limits: limits)
    }

    /// A client with an open mailbox.
    static func selected(
        _ capabilities: String = "IMAP4rev1",
        limits: WireLimits = WireLimits()
    ) throws -> IMAPTalk {
        let talk = try loggedIn(capabilities, limits: limits)
        _ = try talk.run("select", "INBOX", answers: "A1 OK done\r\n")
        return talk
    }

    func hear(_ wire: String) { bytes(wire).withUnsafeBytes { client.receive($0) } }

    /// The next whole reply to what is heard.
    func reply(_ wire: String) throws -> Reply? {
        hear(wire)
        return try client.nextReply()
    }

    /// What goes out first for a verb.
    func begin(_ call: VerbCall, isEncrypted: Bool = true) throws -> Outgoing {
        try #require(try client.begin(call, isEncrypted: isEncrypted).outgoing)
    }

    /// What goes out next when this is heard.
    func goOn(_ wire: String) throws -> Outgoing? {
        let reply = try #require(try reply(wire))
        return try client.resume(reply).outgoing
    }

    /// Says a verb and hears each answer in turn.
    ///
    /// - Returns: all that went out, and the last reply.
    @discardableResult
    func run(_ name: String, _ words: String..., answers: String...) throws
        -> (sent: String, reply: Reply)
    {
        var sent = text(try begin(try imapCall(name, words)).bytes)
        for answer in answers {
            let reply = try #require(try reply(answer), "\(answer)")
            switch try client.resume(reply) {
            case .send(let outgoing): sent += text(outgoing.bytes)
            case .done(let reply), .startTLS(let reply): return (sent, reply)
            case .wait, .compute: break
            }
        }
        throw WireError(.verb, "\(name) got no answer: \(sent)")
    }
}

/// A call of a verb of IMAP.
func imapCall(
    _ name: String,
    _ words: [String],
    clauses: [String: String] = [:],
    admitsRefusal: Bool = false
) throws -> VerbCall {
    let spec = try #require(Protocols.registry["imap"]?.verb(name))
    let arguments = words.enumerated().map { index, word in
        VerbArgument(slot: min(index, max(spec.slots.count - 1, 0)), bytes: bytes(word))
    }
    return VerbCall(
        spec,
        arguments: arguments,
        clauses: clauses.mapValues { VerbArgument(slot: 0, bytes: bytes($0)) },
        admitsRefusal: admitsRefusal
    )
}

/// Why a verb of IMAP is not sent; `nil` if it is.
func imapReason(_ client: IMAPClient, _ call: VerbCall, isEncrypted: Bool = true) -> String? {
    do {
        _ = try client.begin(call, isEncrypted: isEncrypted)
        return nil
    } catch {
        return error.reason
    }
}
