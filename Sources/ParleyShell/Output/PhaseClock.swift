import ParleyEngine

/// How long the phases of a statement take, from the events between its beginning and its end.
struct PhaseClock {
    private(set) var connecting: Int64?
    private(set) var handshake: Int64?
    private(set) var greeting: Int64?
    /// Nanoseconds from the last octet sent to the first that answers it, summed up.
    private(set) var waiting: Int64 = 0
    /// How many times the server was waited for.
    private(set) var answers = 0

    private var awaitsGreeting: Int64?
    private var sent: Int64?

    /// Takes an event of the statement.
    mutating func note(_ event: RunEvent) {
        switch event.kind {
        case .connected(_, _, let took):
            connecting = (connecting ?? 0) + took
            awaitsGreeting = event.time
            sent = nil
        case .secured(_, _, let took):
            handshake = (handshake ?? 0) + took
            if awaitsGreeting != nil { awaitsGreeting = event.time }
        case .sent: sent = event.time
        case .received:
            if let began = sent {
                waiting += event.time - began
                answers += 1
                sent = nil
            } else if let began = awaitsGreeting {
                greeting = (greeting ?? 0) + event.time - began
            }
            awaitsGreeting = nil
        default: break
        }
    }

    /// The phases by name, in the order in which they come.
    var phases: [(name: String, took: Int64)] {
        var phases: [(name: String, took: Int64)] = []
        if let connecting { phases.append(("connect", connecting)) }
        if let handshake { phases.append(("TLS handshake", handshake)) }
        if let greeting { phases.append(("greeting", greeting)) }
        if answers > 0 {
            phases.append((answers == 1 ? "answer" : "\(answers) answers", waiting))
        }
        return phases
    }
}
