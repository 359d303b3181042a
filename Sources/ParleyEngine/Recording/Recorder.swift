import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleyVerbs
import Synchronization

/// Keeps what the servers of a run said, so that scripted servers can say it again.
///
/// It holds replies in memory, without secrets, and writes nothing;
/// ``servers(of:isSingle:without:otherNames:)`` gives them as text. Give it to a run in
/// ``RunOptions/recorder``.
public final class Recorder: Sendable {
    /// How many octets of servers are kept of a run: what a script may hold, escaped.
    static let limit = 2 << 20

    private struct State {
        var sessions: [RecordedSession] = []
        var numbers: [Int: Int] = [:]
        var octets = 0
        var statement = 0
        var redactor: Redactor?
    }

    private let state = Mutex(State())

    /// A recorder that has heard nothing.
    public init() {}

    /// Whether more was said than is kept: what there is is no recording of the run.
    public var isIncomplete: Bool { state.withLock { $0.octets > Self.limit } }

    /// Whether any server was spoken to.
    public var isEmpty: Bool { state.withLock { $0.sessions.isEmpty } }

    /// How many connections there were.
    public var connections: Int { state.withLock { $0.sessions.count } }

    /// A text without any secret of the run.
    public func scrub(_ text: String) -> String {
        let redactor = state.withLock { $0.redactor }
        guard let redactor else { return text }
        return String(decoding: redactor.scrub(Array(text.utf8)), as: UTF8.self)
    }

    /// Whether a secret of the run stands in the text.
    public func hasSecret(_ text: String) -> Bool {
        state.withLock { $0.redactor }?.finds(in: Array(text.utf8)) ?? false
    }

    /// A statement of a conversation begins: what happens from here on belongs to it.
    ///
    /// - Returns: its number, by which ``servers(of:isSingle:without:otherNames:)`` leaves it out.
    public func beginStatement() -> Int {
        state.withLock { state in
            state.statement += 1
            return state.statement
        }
    }

    /// Forgets everything; sessions that are open are not followed any more.
    public func reset() {
        state.withLock { state in
            (state.sessions, state.numbers, state.octets) = ([], [:], 0)
        }
    }

    /// The connections of a script, the oldest first.
    func sessions(of script: String) -> [RecordedSession] {
        state.withLock { $0.sessions.filter { $0.origin.script == script } }
    }

    // MARK: - For sessions

    /// Uses the run's knowledge of secrets.
    func begin(_ redactor: Redactor) {
        state.withLock { $0.redactor = redactor }
    }

    /// A session begins to connect.
    func began(_ session: Session, script: String, title: String, attempt: Int) {
        let spec = session.request.spec
        let redactor = session.run.redactor
        let statement = state.withLock { $0.statement }
        let recorded = RecordedSession(
            RecordedSession.Origin(
                script: script,
                title: title,
                attempt: attempt,
                protocolName: spec.name,
                target: "\(session.request.target.endpoint)"
            ),
            name: session.verifiedHost,
            spec: spec,
            events: Set(Checker.serverEvents(of: spec)),
            statement: statement,
            scrub: { redactor.scrub($0) }
        )
        state.withLock { state in
            state.numbers[session.id] = state.sessions.count
            state.sessions.append(recorded)
        }
    }

    /// Something happened to a session.
    func note(_ session: Session, octets: Int = 0, _ body: (inout RecordedSession) -> Void) {
        state.withLock { state in
            guard let number = state.numbers[session.id] else { return }
            state.octets += octets
            guard state.octets <= Self.limit else { return }
            state.sessions[number].statement = state.statement
            body(&state.sessions[number])
        }
    }
}
