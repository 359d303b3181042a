internal import ParleyMail
internal import ParleyVerbs

extension IMAPEncoding {
    /// Appends a verb with its arguments; logins and IDLE are their own affair.
    mutating func append(_ verb: IMAPVerb?, _ call: VerbCall) throws(WireError) {
        let arguments = call.arguments[...]
        append(word: call.spec.wireName)
        switch verb {
        case .login:
            for argument in arguments { try append(string: argument) }
        case .select, .examine, .create, .delete, .rename, .subscribe, .unsubscribe,
            .getquotaroot:
            for argument in arguments { try append(mailbox: argument) }
        case .list: try append(list: arguments)
        case .status: try append(status: arguments)
        case .append: try append(message: call)
        case .id: try append(pairs: arguments)
        case .getquota:
            try append(string: arguments.first?.bytes ?? [], false, true)
        case .uid: try append(uid: arguments)
        case .enable:
            for argument in arguments { try append(syntax: argument) }
        default: try append(verb, arguments)
        }
    }

    /// The commands that UID can stand before.
    private mutating func append(_ verb: IMAPVerb?, _ arguments: ArraySlice<VerbArgument>)
        throws(WireError)
    {
        switch verb {
        case .search: try append(search: arguments)
        case .fetch: try append(fetch: arguments)
        case .store: try append(store: arguments)
        case .copy, .move:
            try append(sequence: arguments.first)
            for argument in arguments.dropFirst() { try append(mailbox: argument) }
        case .expunge:
            for argument in arguments { try append(sequence: argument) }
        default:
            for argument in arguments { try append(string: argument) }
        }
    }

    private mutating func append(uid arguments: ArraySlice<VerbArgument>) throws(WireError) {
        guard let name = arguments.first, let verb = IMAPVerb(wire: name.bytes) else {
            throw WireError(.verb, "UID needs the verb that it stands before")
        }
        append(word: name.bytes.map(\.asciiUpper))
        try append(verb, arguments.dropFirst())
    }

    private mutating func append(list arguments: ArraySlice<VerbArgument>) throws(WireError) {
        guard let pattern = arguments.last else { return append(word: "\"\" \"*\"") }
        if arguments.count > 1, let reference = arguments.first {
            try append(mailbox: reference, isPattern: true)
        } else {
            append(word: "\"\"")
        }
        try append(mailbox: pattern, isPattern: true)
    }

    private mutating func append(status arguments: ArraySlice<VerbArgument>) throws(WireError) {
        guard let mailbox = arguments.first else { throw Self.lacking("STATUS", "a mailbox") }
        try append(mailbox: mailbox)
        guard arguments.count > 1 else {
            return append(word: "(MESSAGES UIDNEXT UIDVALIDITY UNSEEN)")
        }
        try append(parenthesised: arguments.dropFirst(), always: true)
    }

    private mutating func append(pairs arguments: ArraySlice<VerbArgument>) throws(WireError) {
        guard !arguments.isEmpty else { return append(word: "NIL") }
        guard arguments.count.isMultiple(of: 2) else {
            throw WireError(.verb, "ID: a value stands behind each name")
        }
        append(word: "(")
        for (index, argument) in arguments.enumerated() {
            try append(string: argument.bytes, argument.isSecret, true, isFirst: index == 0)
        }
        append(glued: [0x29])
    }

    private mutating func append(fetch arguments: ArraySlice<VerbArgument>) throws(WireError) {
        try append(sequence: arguments.first)
        guard arguments.count > 1 else {
            return append(word: "(FLAGS INTERNALDATE BODY.PEEK[])")
        }
        try append(parenthesised: arguments.dropFirst(), always: false)
    }

    private mutating func append(store arguments: ArraySlice<VerbArgument>) throws(WireError) {
        try append(sequence: arguments.first)
        guard let how = arguments.dropFirst().first else { throw Self.lacking("STORE", "flags") }
        try append(syntax: VerbArgument(slot: how.slot, bytes: how.bytes.map(\.asciiUpper)))
        try append(parenthesised: arguments.dropFirst(2), always: true)
    }

    private mutating func append(message call: VerbCall) throws(WireError) {
        guard let mailbox = call.arguments.first, let message = call.arguments.dropFirst().first
        else { throw Self.lacking("APPEND", "a mailbox and a message") }
        try append(mailbox: mailbox)
        if let flags = call.clauses["flags"] {
            let list = flags.bytes.split { $0 == 0x20 || $0 == 0x2C || $0 == 0x28 || $0 == 0x29 }
            let words = list.map { VerbArgument(slot: 0, bytes: Array($0)) }
            try append(parenthesised: words[...], always: true)
        }
        if let date = call.clauses["date"] { try append(string: date, alwaysQuoted: true) }
        let isRaw = call.clauses["raw"] != nil
        try append(literal: isRaw ? message.bytes : Self.withLineEnds(message.bytes))
    }

    /// A message has CRLF at the end of each line, whatever the script's text has.
    private static func withLineEnds(_ octets: [UInt8]) -> [UInt8] {
        var framing = DataFraming()
        (framing.isStuffed, framing.isFinished) = (false, false)
        return framing.octets(octets)
    }

    // MARK: - Words

    /// The criteria of a search. What a script writes out is syntax, and what it inserts is data.
    private mutating func append(search arguments: ArraySlice<VerbArgument>) throws(WireError) {
        guard let first = arguments.first else { return append(word: "ALL") }
        let isCharset = first.bytes.isWord("CHARSET")
        if !isUTF8, !isCharset, arguments.contains(where: { $0.bytes.contains { $0 >= 0x80 } }) {
            append(word: "CHARSET UTF-8")
        }
        for argument in arguments {
            if Self.isSyntax(argument) {
                append(word: argument.bytes)
            } else {
                try append(string: argument)
            }
        }
    }

    private static func isSyntax(_ argument: VerbArgument) -> Bool {
        let bytes = argument.bytes
        if MessageSet.isWritten(bytes) { return true }
        guard !argument.isInserted, !argument.isSecret, !bytes.isEmpty else { return false }
        return bytes.allSatisfy { 0x21...0x7E ~= $0 && $0 != 0x22 && $0 != 0x5C && $0 != 0x7B }
    }

    /// Items or flags: one as it is, several in one pair of parentheses.
    private mutating func append(parenthesised words: ArraySlice<VerbArgument>, always: Bool)
        throws(WireError)
    {
        let isWrapped = words.first?.bytes.first == 0x28
        guard always || words.count > 1, !isWrapped else {
            for word in words { try append(syntax: word) }
            return
        }
        var list: [UInt8] = [0x28]
        for (index, word) in words.enumerated() {
            if index > 0 { list.append(0x20) }
            list += try Self.syntax(word)
        }
        append(word: list + [0x29])
    }

    /// A word that is syntax: an item, a flag, a number. It holds nothing that ends it early.
    private mutating func append(syntax argument: VerbArgument) throws(WireError) {
        append(word: try Self.syntax(argument))
    }

    private static func syntax(_ argument: VerbArgument) throws(WireError) -> [UInt8] {
        let isPlain = argument.bytes.allSatisfy { byte in
            guard 0x21...0x7E ~= byte, byte != 0x7B else { return false }
            return !argument.isInserted || byte != 0x28 && byte != 0x29
        }
        guard isPlain, !argument.bytes.isEmpty else {
            throw WireError(.verb, "an item or a flag is one word of ASCII; use `send`")
        }
        return argument.bytes
    }

    private mutating func append(sequence argument: VerbArgument?) throws(WireError) {
        guard let argument, MessageSet.isWritten(argument.bytes) else {
            throw WireError(.verb, "messages are numbers, as in 1, 2:4 or 5:*; use `send`")
        }
        append(word: argument.bytes)
    }

    private static func lacking(_ verb: String, _ what: String) -> WireError {
        WireError(.verb, "\(verb) needs \(what)")
    }
}
