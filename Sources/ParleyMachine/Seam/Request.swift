public import ParleyNetwork
public import ParleyPatterns
public import ParleySemantics
public import ParleyVerbs

/// What a fiber wants done before it can go on. The driver does it and resumes the fiber with an
/// ``Event``. Everything that can wait carries a ``Limit``: when it passes, the driver gives up the
/// wait and resumes with ``Event/timedOut(held:)``.
public enum Request {
    /// Open a session. Answered by `connected` or `failed`.
    indirect case connect(ConnectRequest)
    /// Send a verb and read its whole reply. Answered by `reply` or `failed`.
    case verb(any SessionHandle, VerbCall, tls: TLSRequest?, Limit)
    /// Send verbs at once and read all replies. Answered by `replies`.
    indirect case pipeline(any SessionHandle, [VerbCall], forced: Bool, Limit)
    /// Send octets. Answered by `done` once the peer has taken enough of them, or by `failed`.
    indirect case send(any SessionHandle, SendRequest, Limit)
    /// Read something. Answered by `reply`, `data`, or `failed`.
    case receive(any SessionHandle, ReceiveUnit, Limit)
    /// Close sessions politely (rule 23), newest first, and forget them. Answered by `done` at
    /// once: nobody waits for a farewell.
    case close([any SessionHandle])
    /// Close a session at once, without a farewell.
    case abort(any SessionHandle)
    /// End a session as the form says, and forget it unless only half of it ends. Answered by
    /// `done`.
    case cut(any SessionHandle, CloseForm)
    /// Sleep. Answered by `done`, or `timedOut` if the limit is earlier.
    case sleep(until: MonotonicTime, Limit)
    /// Give a signal to all who await it, now or later. Answered by `done`.
    case signal(String)
    /// Wait for a signal; `place` says where the script does. Answered by `done` or `timedOut`.
    indirect case await(String, place: String, Limit)
    /// Let others run first: the fuel is used up. Answered by `done`.
    case yield
    /// Start a scripted server. Answered by `serverStarted` or `failed`.
    indirect case startServer(ServerScript)
    /// Stop one. Answered by `done`.
    case stopServer(any ServerHandle)
    /// Compute a value on another thread: it would keep the loop from its sessions. Answered by
    /// `computed`, or `timedOut`.
    indirect case compute(@Sendable () -> Result<Value, ScriptError>, Limit)
    /// Read a file below the script's folder. Answered by `file`.
    indirect case readFile(path: String, Limit)
    /// Run fibers, at most `width` at a time, and wait for all. Answered by `joined`.
    indirect case spawn(SpawnRequest)
    /// Find out what a server speaks of TLS. Answered by `surveyed`, `surveyFailed` or `failed`.
    indirect case survey(SurveyRequest, Limit)
    /// Let a debugger look at the statement of that number, and go on. Answered by `done`.
    case stop(Int)
    /// The fiber has ended; its verdict is in ``Fiber/outcome``.
    case finished
}

/// The limit of one wait: the earliest of all that are in force.
public struct Limit: Sendable {
    /// When the wait is over.
    public var deadline: MonotonicTime
    /// Whether the statement's own `within` or phase limit is the earliest one, so that the reason
    /// is `<protocol>.<stage>.timeout` rather than `time.…`.
    public var isOwn: Bool
    /// Whether the statement says `within`: its limit bounds the whole statement in place of
    /// phases.
    public var isStatement: Bool

    /// A limit.
    public init(deadline: MonotonicTime, isOwn: Bool, isStatement: Bool = false) {
        self.deadline = deadline
        self.isOwn = isOwn
        self.isStatement = isStatement
    }
}

/// A session to open.
public struct ConnectRequest: Sendable {
    /// The protocol.
    public var spec: ProtocolSpec
    /// The label in reports.
    public var label: String
    /// The peer.
    public var target: ConnectTarget
    /// The way there; `nil` is the direct one.
    public var route: ConnectRoute?
    /// SNI and verified name, if it differs from the endpoint's host.
    public var name: String?
    /// Octets that go out before the greeting is read.
    public var pregreet: [UInt8]?
    /// TLS clauses; used at once if TLS is implicit, and inherited by `starttls`.
    public var tls: TLSRequest
    /// The outermost limit; phases are clipped by it.
    public var limit: Limit
    /// The statement's own `within`, in nanoseconds: bounds the whole statement in place of phases.
    public var within: Int64?

    /// A connect request.
    public init(
        spec: ProtocolSpec,
        label: String,
        target: ConnectTarget,
        route: ConnectRoute? = nil,
        name: String?,
        pregreet: [UInt8]? = nil,
        tls: TLSRequest,
        limit: Limit,
        within: Int64?
    ) {
        self.spec = spec
        self.label = label
        self.target = target
        self.route = route
        self.name = name
        self.pregreet = pregreet
        self.tls = tls
        self.limit = limit
        self.within = within
    }
}

/// Octets to send.
public struct SendRequest: Sendable {
    /// The octets, CRLF included where `send` adds it.
    public var bytes: [UInt8]
    /// Whether any of it derives from a secret.
    public var isSecret: Bool
    /// The parts that do, so that an echo of them is recognised.
    public var secrets: [[UInt8]]
    /// Whether `in clear` allows that on an unencrypted connection.
    public var allowsClear: Bool

    /// Octets to send.
    public init(
        bytes: [UInt8],
        isSecret: Bool,
        secrets: [[UInt8]] = [],
        allowsClear: Bool
    ) {
        self.bytes = bytes
        self.isSecret = isSecret
        self.secrets = secrets
        self.allowsClear = allowsClear
    }
}

/// What `receive` awaits.
public enum ReceiveUnit: Sendable {
    /// A line without its line end.
    case line
    /// A whole reply.
    case reply
    /// So many octets.
    case bytes(Int)
    /// Everything up to and with what the pattern matches.
    case until(Pattern)
}

/// Fibers to run.
public struct SpawnRequest {
    /// How many there are; they are made one by one, when there is room.
    public var count: Int
    /// How many run at the same time.
    public var width: Int
    /// Makes the fiber of a number from 0.
    public var make: (Int) -> Fiber
    /// The limit of the whole; when it passes, the fibers are cancelled and joined.
    public var limit: Limit

    /// Fibers to run.
    public init(count: Int, width: Int, limit: Limit, make: @escaping (Int) -> Fiber) {
        self.count = count
        self.width = width
        self.limit = limit
        self.make = make
    }
}
