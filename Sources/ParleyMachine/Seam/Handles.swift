public import ParleyTLS
public import ParleyWire

/// A session as a fiber sees it. It belongs to the fiber's loop and is only touched there.
public protocol SessionHandle: AnyObject, Sendable {
    /// Its number, unique in the run.
    var id: Int { get }
    /// Its label in reports.
    var label: String { get }
    /// The protocol's name, and the family of its reasons.
    var protocolName: String { get }
    /// `smtp` for `smtps`.
    var family: String { get }
    /// The state, in the protocol's words.
    var state: String { get }
    /// Whether it can still be used.
    var isOpen: Bool { get }
    /// Whether there is something left to `receive` although the peer has ended the session.
    var hasUnread: Bool { get }
    /// The peer's address and port as text; empty before it is known.
    var peer: String { get }
    /// The greeting.
    var banner: Reply? { get }
    /// The latest whole reply.
    var lastReply: Reply? { get }
    /// How long the latest reply took, in nanoseconds.
    var lastReplyTook: Int64 { get }
    /// What the latest EHLO since the latest handshake advertised; `nil` if nothing is known.
    var capabilities: Capabilities? { get }
    /// The TLS connection's values, if there is one.
    var tls: TLSSummary? { get }
    /// The peer's certificates, its own first; also those of a failed handshake.
    var certificates: [Certificate] { get }
    /// The dialogue so far as text, redacted.
    var transcript: String { get }
    /// Why nothing can be sent any more, if the peer ended the session; the stage is what was to be
    /// sent.
    func lost(before stage: String) -> SessionFailure?
}

extension SessionHandle {
    /// Nothing is left once it is over.
    public var hasUnread: Bool { false }

    /// Nothing is known of how it ended.
    public func lost(before stage: String) -> SessionFailure? { nil }
}

/// A scripted server as a fiber sees it.
public protocol ServerHandle: AnyObject, Sendable {
    /// Its name in the script.
    var name: String { get }
    /// `127.0.0.1:40123`.
    var address: String { get }
    /// How many times the server has received the verb (lower case; `connect` counts connections).
    func count(_ verb: String) -> Int
    /// What it received and sent, as text lines.
    var lines: [String] { get }
    /// What happened, a word each in lower case: `connect`, `ehlo`, `body`.
    var verbs: [String] { get }
    /// The latest command as it came.
    var last: String { get }
    /// The logs of its connections; a connection has none.
    var connections: [any ServerHandle] { get }
}

extension ServerHandle {
    /// Nothing is known of it.
    public var verbs: [String] { [] }
    /// Nothing is known of it.
    public var last: String { "" }
    /// Nothing is known of them.
    public var connections: [any ServerHandle] { [] }
}
