import ParleyMachine
import ParleySemantics
import ParleyWire

/// What a session may take of time and memory; times in nanoseconds.
struct SessionLimits: Sendable {
    var connect: Int64
    /// From one address of a name to the next.
    var attempt: Int64
    var tls: Int64
    var greeting: Int64
    var close: Int64
    /// Octets that a peer may send in one session.
    var session: Int
    var wire: WireLimits

    /// The defaults, changed by what the script says.
    init(_ phases: PhaseLimits, _ checked: CheckedLimits) {
        connect = phases.connect
        attempt = phases.attempt
        tls = phases.tls
        greeting = phases.greeting
        close = phases.close
        session = checked.session ?? 16 << 20
        wire = WireLimits()
        if let line = checked.line { wire.line = line }
        if let reply = checked.reply { wire.reply = reply }
        if let lines = checked.lines { wire.replyLines = lines }
    }
}
