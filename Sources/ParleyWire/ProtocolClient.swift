public import ParleyVerbs

/// The client's side of one connection: octets in, whole replies out; verbs in, octets out.
///
/// It never waits and never writes. Whoever drives it feeds ``receive(_:)``, takes replies with
/// ``nextReply()``, and hands each back to the verb that runs (``resume(_:)``,
/// ``resumePipelined(_:at:)``) or, where `receive reply` asked for it, to ``received(_:)``.
///
/// A client belongs to one event loop and is not safe to share.
public protocol ProtocolClient: AnyObject {
    /// Where the session stands, in the words of its protocol's `states`.
    var state: String { get }

    /// What the server offers; `nil` while that is not known.
    var capabilities: Capabilities? { get }

    /// Whether a login was accepted.
    var isAuthenticated: Bool { get }

    /// Whether the peer is this machine, so that secrets may travel in clear.
    var isLoopback: Bool { get set }

    /// Changes what the greeting says where the script names no domain.
    func introduce(as name: String)

    /// What the TLS connection can be bound by, the preferred first, for logins that do.
    var channelBindings: [ChannelBinding] { get set }

    /// The mailboxes that the server named so far, for completion.
    var mailboxes: [String] { get }

    /// Whether anything lies unread that the server may not send at any time, so that nothing may
    /// be sent before it is read.
    var holdsReply: Bool { get }

    /// The octets received and not yet taken as replies, lines or bytes.
    var bufferedBytes: Int { get }

    /// The first 512 of them, for reports.
    var heldBytes: [UInt8] { get }

    /// Takes plaintext from the peer.
    func receive(_ bytes: UnsafeRawBufferPointer)

    /// The next whole reply, or `nil` until more arrives.
    ///
    /// - Throws: ``WireError`` if the peer breaks the protocol or a limit, and again on every later
    ///   call: there is no telling where the next reply would begin.
    func nextReply() throws(WireError) -> Reply?

    /// What the server told while nothing was asked, where the protocol lets it; `nil` if nothing
    /// whole has come.
    func nextUnsolicited() throws(WireError) -> UnsolicitedData?

    /// What has come of the running verb's reply and was not handed out yet; it is left out of
    /// ``Reply/received`` then.
    func takeNews() -> [UInt8]

    /// What the running verb says although no reply asks for it: `DONE` of IMAP's IDLE, when there
    /// is news or when its time is up.
    func prompt(isTimeUp: Bool) -> Outgoing?

    /// The next line without its line end, or `nil` until more arrives; for `receive line`.
    func nextLine() throws(WireError) -> RawLine?

    /// The next `count` octets, or `nil` until more arrives; for `receive bytes`.
    func nextBytes(_ count: Int) throws(WireError) -> [UInt8]?

    /// Everything up to the octet that `search` returns, or `nil` until it finds one; for
    /// `receive until`. `search` gets all octets that are held and remembers itself how far it
    /// looked.
    func nextBytes(
        until search: (UnsafeRawBufferPointer) -> Int?
    ) throws(WireError) -> [UInt8]?

    /// Forgets what was received and not yet taken.
    func dropInput()

    /// Starts a verb.
    ///
    /// - Throws: ``WireError`` if the verb may not be sent; nothing of it is sent then.
    func begin(_ call: VerbCall, isEncrypted: Bool) throws(WireError) -> VerbStep

    /// Gives the running verb a reply.
    func resume(_ reply: Reply) throws(WireError) -> VerbStep

    /// Reports that the server's greeting was read.
    func greeted(_ reply: Reply)

    /// Reports a reply that no verb waited for: `receive reply` read it.
    func received(_ reply: Reply)

    /// Reports octets that went out as the script wrote them: `send`, `send raw`.
    func sentRaw(_ bytes: [UInt8])

    /// Reports that TLS is up: what was learnt before is forgotten.
    func upgraded()

    /// Encodes several verbs to be written at once. Each reply then goes to
    /// ``resumePipelined(_:at:)``.
    ///
    /// - Throws: ``WireError`` if they may not be sent, unless `forced`.
    func beginPipeline(
        _ calls: [VerbCall],
        forced: Bool,
        isEncrypted: Bool
    ) throws(WireError) -> Outgoing

    /// Gives the verb at `index` of the pipeline its reply.
    ///
    /// - Returns: what that verb needs next; anything but `done` only for the last one.
    @discardableResult
    func resumePipelined(_ reply: Reply, at index: Int) throws(WireError) -> VerbStep

    /// What takes leave politely, or `nil` if the protocol does not allow it now: a reply is owing,
    /// a message is open, or the session is over.
    func farewell() -> [UInt8]?
}

extension ProtocolClient {
    /// Lines alone know no login.
    public var isAuthenticated: Bool { false }

    /// Most protocols have none.
    public var mailboxes: [String] { [] }

    /// Most servers speak only when they are asked.
    public var holdsReply: Bool { bufferedBytes > 0 }

    /// Most servers speak only when they are asked.
    public func nextUnsolicited() throws(WireError) -> UnsolicitedData? { nil }

    /// Most replies come at once.
    public func takeNews() -> [UInt8] { [] }

    /// Most verbs wait for their reply and say nothing.
    public func prompt(isTimeUp: Bool) -> Outgoing? { nil }

    /// A protocol without logins has no use for them.
    public var channelBindings: [ChannelBinding] {
        get { [] }
        set { _ = newValue }
    }
}

extension ProtocolClient {
    /// A protocol without a greeting of ours has nothing to change.
    public func introduce(as name: String) {}
}
