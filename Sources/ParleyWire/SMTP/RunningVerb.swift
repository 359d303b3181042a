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

    /// The octets of content that follow the line of a raw `BDAT`, and are no lines.
    var content = 0

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

    /// The verb that a line of `send` holds, without its LF.
    init(line: ArraySlice<UInt8>) {
        verb = SMTPVerb(line: line)
        let words = line.split { $0 == 0x20 || $0 == 0x0D }.dropFirst()
        switch verb {
        case .rcpt:
            guard let colon = line.firstIndex(of: 0x3A) else { return }
            let rest = line[line.index(after: colon)...].drop { $0 == 0x20 }
            path = Self.withoutBrackets(Array(rest.prefix { $0 != 0x20 && $0 != 0x0D }))
        case .mail:
            transaction.answersEach = words.contains { $0.isWord("PRDR") }
        case .bdat:
            content = words.first?.decimalNumber(digits: 18) ?? 0
            endsMessage = words.dropFirst().contains { $0.isWord("LAST") }
        default: break
        }
    }

    private static func withoutBrackets(_ path: [UInt8]) -> [UInt8] {
        guard path.count >= 2, path.first == 0x3C, path.last == 0x3E else { return path }
        return Array(path.dropFirst().dropLast())
    }
}
