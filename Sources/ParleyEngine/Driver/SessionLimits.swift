import ParleyMachine
import ParleySemantics
import ParleyWire

/// What a session may take of time and memory.
struct SessionLimits: Sendable {
    /// How long its phases may take.
    var phases: PhaseLimits
    /// Octets that a peer may send in one session.
    var session: Int
    var wire: WireLimits

    /// The phases' limits, and those of memory, changed by what the script says.
    init(_ phases: PhaseLimits, _ checked: CheckedLimits) {
        self.phases = phases
        session = checked.session ?? 16 << 20
        wire = WireLimits()
        if let line = checked.line { wire.line = line }
        if let reply = checked.reply { wire.reply = reply }
        if let literal = checked.literal { wire.literal = literal }
        if let lines = checked.lines { wire.replyLines = lines }
    }
}
