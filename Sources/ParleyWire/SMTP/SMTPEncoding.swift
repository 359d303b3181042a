internal import ParleyVerbs

/// Puts verbs into octets.
struct SMTPEncoding {
    var bytes: [UInt8] = []
    var secretRanges: [Range<Int>] = []

    /// Octets ready to be written.
    var outgoing: Outgoing { Outgoing(bytes, secretRanges: secretRanges) }

    /// Appends the line of `call`.
    mutating func append(_ call: VerbCall, _ verb: SMTPVerb?, defaultName: [UInt8])
        throws(WireError)
    {
        for argument in call.arguments where verb != .bdat {
            guard !argument.bytes.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) else {
                throw WireError(
                    .verb,
                    "\(call.spec.wireName): an argument holds CR, LF or NUL; use `send raw`"
                )
            }
        }
        if !call.spec.parameters.isEmpty { try Self.check(call) }
        bytes.append(contentsOf: call.spec.wireName.utf8)
        switch verb {
        case .bdat: return try appendChunk(call)
        case .xclient, .xforward:
            for argument in call.arguments {
                bytes.append(0x20)
                appendAttribute(argument, of: call.spec)
            }
        case .mail:
            bytes.append(contentsOf: StaticString(" FROM:"))
            try appendPath(call)
        case .rcpt:
            bytes.append(contentsOf: StaticString(" TO:"))
            try appendPath(call)
        case .ehlo where call.arguments.isEmpty, .helo where call.arguments.isEmpty,
            .lhlo where call.arguments.isEmpty:
            bytes.append(0x20)
            bytes.append(contentsOf: defaultName)
        default:
            for argument in call.arguments {
                bytes.append(0x20)
                append(argument)
            }
        }
        endLine()
    }

    /// Appends the line that begins a SASL exchange.
    mutating func appendAuth(_ mechanism: [UInt8], _ initial: SASLMessage?) {
        bytes.append(contentsOf: StaticString("AUTH "))
        bytes.append(contentsOf: mechanism.lazy.map(\.asciiUpper))
        if let initial {
            bytes.append(0x20)
            append(initial)
        }
        endLine()
    }

    /// Appends a line of a SASL exchange.
    mutating func appendResponse(_ message: SASLMessage) {
        append(message)
        endLine()
    }

    private mutating func append(_ message: SASLMessage) {
        let start = bytes.count
        // An empty initial response is a lone "=", RFC 4954 §4; an empty answer is an empty line.
        if message.bytes.isEmpty, start > 0 {
            bytes.append(0x3D)
        } else {
            bytes.append(contentsOf: Base64.encode(message.bytes))
        }
        if message.isSecret, bytes.count > start { secretRanges.append(start..<bytes.count) }
    }

    mutating func append(_ argument: VerbArgument) {
        let start = bytes.count
        bytes.append(contentsOf: argument.bytes)
        if argument.isSecret, bytes.count > start { secretRanges.append(start..<bytes.count) }
    }

    /// Appends the path in exactly one pair of brackets, then the parameters.
    private mutating func appendPath(_ call: VerbCall) throws(WireError) {
        guard let path = call.arguments.first else {
            throw WireError(.verb, "\(call.spec.wireName) needs a path; `<>` is the null path")
        }
        let isBracketed =
            path.bytes.count >= 2 && path.bytes.first == 0x3C && path.bytes.last == 0x3E
        let inner = isBracketed ? path.bytes.dropFirst().dropLast() : path.bytes[...]
        guard Self.isOnePath(inner) else {
            throw WireError(
                .verb,
                "\(call.spec.wireName): this is not one path; to send it all the same, use `send`"
            )
        }
        if !isBracketed { bytes.append(0x3C) }
        append(path)
        if !isBracketed { bytes.append(0x3E) }
        for parameter in call.arguments.dropFirst() {
            bytes.append(0x20)
            append(parameter)
        }
    }

    /// Whether nothing outside quotes could end the path early, so that a value cannot smuggle in
    /// parameters.
    private static func isOnePath(_ path: ArraySlice<UInt8>) -> Bool {
        var isQuoted = false
        var isEscaped = false
        for byte in path {
            if isEscaped {
                isEscaped = false
            } else if byte == 0x22 {
                isQuoted.toggle()
            } else if isQuoted {
                isEscaped = byte == 0x5C
            } else if byte == 0x3C || byte == 0x3E || byte == 0x20 || byte == 0x09 {
                return false
            }
        }
        return !isQuoted
    }

    mutating func endLine() {
        bytes.append(0x0D)
        bytes.append(0x0A)
    }
}

extension [UInt8] {
    fileprivate mutating func append(contentsOf text: StaticString) {
        append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        )
    }
}
