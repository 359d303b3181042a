internal import ParleyVerbs

/// A verb that went out and whose final reply is awaited.
struct RunningVerb {
    /// `nil` for a verb that changes nothing.
    var verb: SMTPVerb?

    /// The exchange of an AUTH.
    var exchange: SASLExchange?

    /// The path of a RCPT, without brackets.
    var path: [UInt8] = []

    /// What MAIL says of the transaction.
    var transaction = Transaction()

    /// Whether a message ends with it: `BDAT … LAST`.
    var endsMessage = false

    init(verb: SMTPVerb?, exchange: SASLExchange? = nil) {
        self.verb = verb
        self.exchange = exchange
    }

    /// A verb with what its arguments mean to the session.
    init(_ verb: SMTPVerb?, _ call: VerbCall) {
        self.verb = verb
        switch verb {
        case .rcpt: path = Self.withoutBrackets(call.arguments.first?.bytes ?? [])
        case .mail: transaction = Transaction(call)
        case .bdat: endsMessage = call.clauses["last"] != nil
        default: break
        }
    }

    private static func withoutBrackets(_ path: [UInt8]) -> [UInt8] {
        guard path.count >= 2, path.first == 0x3C, path.last == 0x3E else { return path }
        return Array(path.dropFirst().dropLast())
    }
}
