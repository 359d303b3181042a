import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyVerbs
import ParleyWire

/// One connection of a test: transport, TLS and the protocol's client, driven by one fiber.
///
/// It belongs to its loop: every member is touched there only, which is what makes `@unchecked
/// Sendable` true. Nothing in it blocks; whoever asks for something gets the answer at once, or is
/// resumed later through ``SessionOwner``.
final class Session: SessionHandle, @unchecked Sendable {
    let id: Int
    let request: ConnectRequest
    let client: any ProtocolClient
    let driver: LoopDriver
    let limits: SessionLimits
    let files: ScriptFiles
    let identity: EventIdentity

    /// Who awaits the answer to what runs now. Not weak, which would slow every use of both: the
    /// circle is broken when the fiber closes the session, at its end at the latest.
    var owner: (any SessionOwner)?

    /// Where a recording listens in place of the server.
    var standIn: Endpoint?
    var transport: (any Transport)?
    var tlsEngine: TLSEngine?
    /// The dialogue with the proxy, until the way is open.
    var tunnel: (any ProxyHandshake)?
    /// Whether this host has no name to say, so that EHLO says the connection's own address.
    var isNameless = false
    /// Whether the way to the server is open.
    var isRouted = false
    /// A hello by hand that takes the handshake's place.
    var survey: SurveyExchange?
    var activity = Activity.connecting
    var entries = Transcript()
    let timer: DeadlineTimer

    /// When it began to connect, and when the present activity began.
    let started: MonotonicTime
    var activityStarted: MonotonicTime
    /// The statement's own or an outer limit, whichever is earlier; phases are clipped by it.
    var limit: Limit

    var banner: Reply?
    var lastReply: Reply?
    var lastReplyTook: Int64 = 0
    var peerEndpoint: Endpoint?
    var peerChain: TLSPeerChain?
    /// How the connection ended, if it did.
    var ending: SessionFailure?
    /// Whether who awaited something was told so.
    var isEndingTold = false
    /// Whether it was we who ended it.
    var isEndedByUs = false
    var receivedOctets = 0
    /// How many octets of what waits unread were shown already.
    var shownUnread = 0
    /// Whether its end has been published.
    var isReportedClosed = false
    /// Whether the peer ended its side before the handshake could begin.
    var endedBeforeHandshake = false
    /// The clauses of the `starttls` that runs.
    var pendingTLS: TLSRequest?
    /// Where the TLS session is kept for `resume auto`, if the script says so.
    var resumptionKey: ResumptionCache.Key?
    /// Whether a timed-out or raw exchange still owes us a reply.
    var isOwing = false
    /// Whether the latest that was read of an answer was a part of it, which more may follow.
    var isReadingParts = false
    /// What of the lines that a script sends by itself is a login's.
    var rawLogin = RawLogin()
    /// Whether our direction is closed: nothing can be sent any more.
    var isHalfClosed = false
    /// Whether what has arrived waits for what is computed elsewhere.
    var isComputing = false
    /// How often something was computed elsewhere, to know the latest.
    var computations = 0
    /// How far `receive until` has looked in what is buffered, and how much that was.
    var searched = 0
    var searchedCount = -1
    /// What the dialogue's stage is called in failures: `banner`, `RCPT`.
    var stage = "connect"
    /// The last verb that got its whole reply, for "closed after MAIL".
    var lastVerb = "connect"

    init(
        id: Int,
        request: ConnectRequest,
        client: any ProtocolClient,
        driver: LoopDriver,
        limits: SessionLimits,
        files: ScriptFiles,
        identity: EventIdentity,
        owner: any SessionOwner
    ) {
        self.id = id
        self.request = request
        self.client = client
        self.driver = driver
        self.limits = limits
        self.files = files
        self.identity = identity
        self.owner = owner
        started = driver.loop.now
        activityStarted = started
        limit = request.limit
        timer = DeadlineTimer(loop: driver.loop)
    }

    /// What the session is doing.
    enum Activity {
        /// The transport is being made.
        case connecting
        /// A handshake runs; then the greeting is read, or the verb that asked for TLS is answered.
        case securing(Reply?)
        /// The greeting is awaited.
        case greeting
        /// Nothing is awaited.
        case idle
        /// A verb's reply is awaited.
        case verb
        /// The replies of a pipeline are awaited.
        case pipeline(PipelineProgress)
        /// The peer does not read: `send` waits until what is queued has gone out. What is still to
        /// be queued comes with it.
        case sending(SendRequest?)
        /// `receive` awaits its unit.
        case receiving(ReceiveUnit)
        /// The farewell's reply is awaited.
        case closing
        /// The connection is gone.
        case closed
    }

    // MARK: - SessionHandle

    var label: String { request.label }
    var protocolName: String { request.spec.name }
    var family: String { request.spec.family }
    var state: String { client.state }
    var capabilities: Capabilities? { client.capabilities }

    var isOpen: Bool {
        switch activity {
        case .closing, .closed: false
        default: ending == nil
        }
    }

    /// Whether `receive` still finds something, although the peer has left.
    var hasUnread: Bool {
        guard ending != nil, !isEndedByUs, client.bufferedBytes > 0 else { return false }
        return isOwing || isReadingParts || !request.spec.hasGreeting
    }

    var tls: TLSSummary? { tlsEngine?.summary }

    var certificates: [Certificate] { peerChain?.certificates ?? [] }

    var transcript: String {
        entries.lines(scrubbedBy: run.redactor).map { line in
            "\(line.speaker.rawValue) \(String(decoding: line.text, as: UTF8.self))"
        }.joined(separator: "\n")
    }

    // MARK: - For the driver

    var loop: any Loop { driver.loop }
    var run: RunContext { driver.run }

    /// The peer's address and port; empty if it was never reached.
    var peer: String { peerEndpoint.map { "\($0)" } ?? "" }

    /// Publishes an event of the session's test, which is made only if somebody wants it.
    func publish(_ kind: @autoclosure () -> RunEvent.Kind) {
        guard run.publishesSessions else { return }
        run.publish(kind(), identity, at: loop.now)
    }

    /// Whether secrets may go out as they are.
    var isEncrypted: Bool { tlsEngine?.isSecured == true }

    /// Nanoseconds since the session began to connect.
    var clock: Int64 { loop.now.nanoseconds - started.nanoseconds }

    /// Ends the activity and answers the fiber that awaits it.
    func answer(_ event: Event) {
        isComputing = false
        timer.clear()
        activity = ending == nil ? .idle : .closed
        owner?.sessionAnswered(self, event)
    }
}

/// Who is resumed when a session has an answer.
protocol SessionOwner: AnyObject {
    /// The answer to what was asked of the session last.
    func sessionAnswered(_ session: Session, _ event: Event)
}

/// How far a pipeline is.
struct PipelineProgress {
    var names: [String]
    var outcomes: [Result<Reply, SessionFailure>] = []
}
