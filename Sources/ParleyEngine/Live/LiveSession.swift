import ParleyMachine
public import ParleyTLS
public import ParleyWire

/// What a conversation shows of one of its sessions between two pieces.
public struct LiveSession: Sendable {
    /// Its slot: how the checker numbers it.
    public var slot: Int
    /// Its number in events.
    public var id: Int
    /// Its label: `box`, or the protocol's name.
    public var label: String
    /// The protocol's name: `smtps`.
    public var protocolName: String
    /// What the script asked to connect to.
    public var target: String
    /// The name that TLS verifies, if the script gave one.
    public var name: String?
    /// The peer's address and port; empty before it is known.
    public var peer: String
    /// The state in the protocol's words.
    public var state: String
    /// Whether it can still be used.
    public var isOpen: Bool
    /// Whether a login was accepted.
    public var isAuthenticated: Bool
    /// How far a login is that is sent line by line.
    public var rawLogin: RawLogin
    /// The mailboxes that the server named so far, for completion.
    public var mailboxes: [String]
    /// Why it cannot be used any more, if the peer or a failure ended it.
    public var ending: String?
    /// The reason of that: `tls.certificate.expired`.
    public var endingReason: String?
    /// The greeting.
    public var banner: Reply?
    /// The latest whole reply.
    public var lastReply: Reply?
    /// What the latest EHLO since the latest handshake advertised.
    public var capabilities: Capabilities?
    /// The TLS connection's values, if there is one.
    public var tls: TLSSummary?
    /// The peer's certificates, its own first.
    public var certificates: [Certificate]

    init(slot: Int, _ session: Session) {
        self.slot = slot
        id = session.id
        label = session.label
        protocolName = session.protocolName
        target = session.info.target
        name = session.request.name
        peer = session.peer
        state = session.state
        isOpen = session.isOpen
        isAuthenticated = session.client.isAuthenticated
        rawLogin = session.rawLogin
        mailboxes = session.client.mailboxes
        ending = session.ending.map { session.run.redactor.scrub($0.message) }
        endingReason = session.ending?.reason
        banner = session.banner
        lastReply = session.lastReply
        capabilities = session.capabilities
        tls = session.tls
        certificates = session.certificates
    }
}
