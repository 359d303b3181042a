/// A command that went out, or the part of it that did, and whose tagged response is awaited.
struct RunningCommand {
    let verb: IMAPVerb?
    let tag: [UInt8]

    /// What is sent when the server asks for the rest, one by one.
    var segments: ArraySlice<Outgoing> = []

    /// The exchange of an AUTHENTICATE.
    var exchange: SASLExchange?

    /// The mailboxes that it names, in Unicode.
    var mailboxes: [String] = []

    /// Whether the server has said that it tells what is new.
    var isIdling = false

    /// Whether it has told something since.
    var hasNews = false

    /// Whether DONE was sent.
    var isDone = false

    /// Whether the server has reason to say `+`.
    var awaitsContinuation: Bool {
        exchange != nil || !segments.isEmpty || (verb == .idle && !isIdling)
    }
}
