/// One event of a recorded server, with what the server did.
struct RecordedStep: Sendable {
    /// What the server said, in order.
    enum Piece: Sendable, Equatable {
        /// A whole reply.
        case reply([UInt8])
        /// A challenge of a SASL exchange, whose content is not kept.
        case challenge
        /// Octets that form no reply, or that nobody had asked for.
        case raw([UInt8])
    }

    /// What became of the connection then.
    enum Ending: String, Sendable {
        case drop, reset, stall
    }

    /// `greet`, a verb, `body`, `recipient`, `response`, `line`, `tls`, as rules name it.
    var event: String
    /// The command that the event is a part of: that of a literal.
    var verb: String?
    /// The statement of a conversation in which it came.
    var statement: Int
    /// How many lines came before it that are no events of their own.
    var linesBefore = 0
    /// Which one of its event on the connection, from 1.
    var number = 1
    /// When it came, in nanoseconds of the session.
    var began: Int64
    /// What was said.
    var pieces: [Piece] = []
    /// How many nanoseconds it took, where somebody stopped waiting for it.
    var delay: Int64?
    /// Whether the server asked for anything in a SASL exchange.
    var hasChallenges = false
    /// Whether somebody stopped waiting.
    var isTimedOut = false
    /// How the connection ended behind it, if the server did that.
    var ending: Ending?
    /// The name of a TLS alert in place of a handshake.
    var alert: String?

    /// Counts events as rules do: each of its kind, and `line` all that are lines.
    struct Counter: Sendable {
        private var counts: [String: Int] = [:]
        private var lines = 0

        /// The number of the next step.
        mutating func number(of step: RecordedStep) -> Int {
            lines += step.linesBefore
            if !ScriptedServer.noLines.contains(step.event) { lines += 1 }
            let key = step.event + (step.verb.map { " \($0)" } ?? "")
            counts[key, default: 0] += 1
            return step.event == "line" ? lines : counts[key] ?? 1
        }
    }

    /// Whether there is anything to be played.
    var isPlayed: Bool { !pieces.isEmpty || ending != nil || alert != nil }
}
