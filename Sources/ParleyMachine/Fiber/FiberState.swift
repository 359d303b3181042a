import ParleyDiagnostics
import ParleyNetwork

/// What a fiber shares with its children.
final class FiberShared: Sendable {
    let code: ProgramCode
    let context: FiberContext
    let title: String
    let timeout: Int64?
    let files: FileCache
    /// Whether nothing may wait: titles and rows, before the run.
    let isPreparing: Bool
    /// What branch after branch connects to.
    let lastEndpoint = EndpointMemo()

    init(
        code: ProgramCode,
        context: FiberContext,
        title: String,
        timeout: Int64?,
        files: FileCache,
        isPreparing: Bool
    ) {
        self.code = code
        self.context = context
        self.title = title
        self.timeout = timeout
        self.files = files
        self.isPreparing = isPreparing
    }
}

/// What a fiber waits for; numbers are those of the sites.
enum Waiting {
    case start
    case nothing
    case connect(Int32)
    case verb(Int32)
    case pipeline(Int32)
    case send(Int32)
    case sendReply(Int32)
    case receive(Int32)
    /// Goes on with the next instruction.
    case next
    /// Goes on where it stands.
    case turn
    case leave
    case pause
    case await(Int32)
    case startServer(Int32)
    case stopServer(Register)
    case file(Int32)
    case survey(Int32)
    /// A value for the register.
    case computed(Register)
    case join(Int32)
    case roundEnd
    case roundPause
    case abortForCancel
    case end
    case finished
}

/// The earliest limit in force around a statement.
struct ActiveLimit {
    enum Owner {
        /// Nothing limits: titles and rows.
        case nobody
        case test
        /// A block's, loop's or step's `within`, or that of `eventually`.
        case block(Int32)
        /// The `within` of a parallel statement.
        case branches(Int32)
        /// The time that cleaning up may take.
        case cleanup
    }

    var deadline: Int64
    var owner: Owner
    /// How long it is in all, in nanoseconds.
    var length: Int64
}

/// Why blocks are left before their end.
enum Unwinding {
    case fatal, skip, cancelled
}

/// A region that has been entered, or a statement of a `finally`.
struct Frame {
    var site: Int32
    var isGuard = false
    var savedLimit: ActiveLimit
    /// Whether its end has begun: `finally`, or what closes its sessions.
    var isCleaning = false
    /// Why it was left early.
    var pending: Unwinding?
    /// How many findings there were before it.
    var findingsBefore = 0
    /// A step's title.
    var title: String?
    var eventually: EventuallyState?
}

/// The rounds of an `eventually`.
final class EventuallyState {
    var deadline: Int64
    let length: Int64
    /// Whether a limit around it is earlier than its own.
    let isClipped: Bool
    let every: Int64
    var round = 0
    var roundStart: Int64 = 0
    /// Whether an expectation failed in the round.
    var hasFailed = false
    /// Whether it failed in a way that waiting does not mend.
    var isHopeless = false
    var findingsBefore = 0
    var notesBefore = 0
    var serversBefore = 0
    /// The sessions that were open before the round.
    var outer: [(any SessionHandle)?] = []
    /// Those of them that could be used.
    var openBefore: Set<Int> = []
    /// What the last round that was not cut short found.
    var lastComplete: [Finding]?
    var lastCompleteRound = 0

    init(deadline: Int64, isClipped: Bool, length: Int64, every: Int64) {
        self.deadline = deadline
        self.isClipped = isClipped
        self.length = length
        self.every = every
    }
}

/// The limit of the wait that is under way, for the report of its end.
struct CurrentWait {
    var isOwn = false
    /// When it is over.
    var deadline = MonotonicTime.distantFuture
    /// The statement's own limit in nanoseconds.
    var length: Int64 = 0
    /// Where it was set; `nil` for a phase's limit.
    var place: SourcePlace?
    /// Whether it is that of the reply to a message.
    var isOfBody = false
}

/// A statement failed; its test ends, unless a round or a `finally` catches it.
struct Failure: Error {
    var finding: Finding
    /// Whether waiting and trying again cannot mend it (rule 19).
    var isHopeless: Bool
}

/// `skip`.
struct SkipTest: Error {}
