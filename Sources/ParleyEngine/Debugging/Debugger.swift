import ParleyDiagnostics
import ParleyMachine
import ParleyNetwork
public import ParleySemantics
import Synchronization

/// Stops a run where somebody wants to look, and lets it go on. Give it to a run in
/// ``RunOptions/debugger``; its scripts must have been loaded with their stops.
///
/// Stops come one at a time through ``stops``; whoever takes one calls ``DebugStop/leave()``.
public final class Debugger: Sendable {
    /// How far the run goes before it stops again.
    public enum Mode: Sendable, Equatable {
        /// To the next statement.
        case step
        /// To the next statement of this dialogue, or of one around it.
        case next(depth: Int)
        /// To the statement behind the `do` that led here.
        case finish(depth: Int)
        /// To a breakpoint.
        case go
    }

    /// A line at which the run stops.
    public struct Breakpoint: Sendable, Hashable {
        /// The file, as a person named it.
        public var file: String
        /// The line, from 1; a statement begins there.
        public var line: Int
    }

    private struct State {
        var mode: Mode
        var breakpoints: [Breakpoint] = []
        var tables: [String: StopTable] = [:]
        var surroundings: Surroundings?
        var isStopped = false
        var waiting: [@Sendable () -> Void] = []
        var isOver = false
    }

    /// What a conversation at a stop needs of the run.
    struct Surroundings: Sendable {
        var network: any Network
        var loader: InputLoader
    }

    /// The stops, one after the other; it ends with the run.
    public let stops: AsyncStream<DebugStop>
    /// Whether failures stop the run.
    public let stopsAtFailures: Bool

    private let continuation: AsyncStream<DebugStop>.Continuation
    private let state: Mutex<State>

    /// A debugger that first stops as `mode` says.
    public init(_ mode: Mode, stopsAtFailures: Bool) {
        (stops, continuation) = AsyncStream.makeStream()
        self.stopsAtFailures = stopsAtFailures
        state = Mutex(State(mode: mode))
    }

    /// Goes on as `mode` says, from the stop that is left next.
    public func go(_ mode: Mode) {
        state.withLock { $0.mode = mode }
    }

    /// Nothing stops any more.
    public func detach() {
        state.withLock { state in
            state.mode = .go
            state.breakpoints = []
            state.isOver = true
        }
    }

    /// Knows the statements of a script.
    public func add(_ table: StopTable, of path: String) {
        state.withLock { $0.tables[path] = table }
    }

    /// Stops at a line, or at the nearest one behind it that has a statement.
    ///
    /// - Returns: the line; `nil` if no statement stands there or behind.
    public func stop(at line: Int, of file: String) -> Int? {
        state.withLock { state in
            let lines = state.tables.values.compactMap { $0.line(nearest: line, in: file) }
            guard let nearest = lines.min() else { return nil }
            let breakpoint = Breakpoint(file: file, line: nearest)
            if !state.breakpoints.contains(breakpoint) { state.breakpoints.append(breakpoint) }
            return nearest
        }
    }

    /// The lines at which the run stops.
    public var breakpoints: [Breakpoint] { state.withLock { $0.breakpoints } }

    // MARK: - For the run

    func begin(_ surroundings: Surroundings) {
        state.withLock { $0.surroundings = surroundings }
    }

    /// The run is over.
    func end() { continuation.finish() }

    /// Whether the statement is to be stopped at.
    func wants(_ number: Int, of path: String) -> Bool {
        state.withLock { state in
            guard !state.isOver, let stop = state.tables[path]?.stops[number] else { return false }
            let isBreakpoint = state.breakpoints.contains { breakpoint in
                breakpoint.line == stop.line
                    && StopTable.isNamed(breakpoint.file, stop.place.source.name)
            }
            switch state.mode {
            case .step: return true
            case .next(let depth): return isBreakpoint || stop.calls.count <= depth
            case .finish(let depth): return isBreakpoint || stop.calls.count < depth
            case .go: return isBreakpoint
            }
        }
    }

    /// Whether a failure is to be stopped at.
    var wantsFailure: Bool { stopsAtFailures && state.withLock { !$0.isOver } }

    func table(of path: String) -> StopTable? { state.withLock { $0.tables[path] } }

    var surroundings: Surroundings? { state.withLock { $0.surroundings } }

    /// Hands out a stop, now or when the one before is left: branches stop one after the other.
    func hand(_ stop: DebugStop) {
        let isFree = state.withLock { state in
            guard state.isStopped else {
                state.isStopped = true
                return true
            }
            state.waiting.append { [continuation] in _ = continuation.yield(stop) }
            return false
        }
        if isFree { continuation.yield(stop) }
    }

    /// A stop was left.
    func left() {
        let next = state.withLock { state -> (@Sendable () -> Void)? in
            guard !state.waiting.isEmpty else {
                state.isStopped = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?()
    }
}
