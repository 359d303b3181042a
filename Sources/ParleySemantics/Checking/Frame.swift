import ParleyDiagnostics
import ParleyVerbs

/// The registers and sessions of the test being checked.
struct Frame {
    /// How many registers are given out.
    var variableCount = 0
    /// Every session that the test may open, by number.
    var sessions: [SessionInfo] = []
    /// Sessions opened in each block around, outermost first; the block closes them.
    var opened: [[SessionSlot]] = [[]]
    /// Where each measure is written.
    var measures: [String: SourcePlace] = [:]
    /// The same in all copies of one test's frame.
    let mark = FrameMark()
}

/// Tells the frames of tests apart.
final class FrameMark {}

/// What is known of a session before it is opened.
struct SessionInfo {
    var slot: SessionSlot
    /// `nil` if its `connect` was wrong or belongs to later work: everything said on it is taken as
    /// right.
    var spec: ProtocolSpec?
    /// The fiber that opens it; no other may use it.
    var fiber: Int
    var place: SourcePlace
    /// Where it is closed, if the text before says so.
    var closedAt: SourcePlace?
}

/// Which session a bare verb speaks on, at a point of the text.
struct Flow {
    /// The current session.
    var current: Int?
    /// Sessions that can be current, oldest first.
    var open: [Int] = []
    /// The session that a branch of `parallel` leaves outside.
    var outer: Int?
    /// The last session that was closed or ended with its block, for the message.
    var lastClosed: Int?
    /// Sessions that a `quit` ended on the way here, by number, and where.
    var ended: [Int: SourcePlace] = [:]
    /// The fiber.
    var fiber = 0
    /// Whether any fiber was opened so far; numbers fibers.
    var fiberCount = 0
}
