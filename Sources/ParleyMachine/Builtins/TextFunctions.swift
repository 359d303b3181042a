import ParleyPatterns
import ParleyVerbs
import ParleyWire

/// Built-in functions on text.
enum TextFunctions {
    /// Lines without their ends; the end of the last line begins no other.
    static func lines(_ bytes: [UInt8]) -> [Value] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            .string(String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self))
        }
    }

    static func trim(_ text: String) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
        let start = text.utf8.firstIndex { !isSpace($0) } ?? text.endIndex
        let end = text.utf8.lastIndex { !isSpace($0) }.map { text.utf8.index(after: $0) } ?? start
        return String(text[start..<end])
    }

    /// The pieces between what the separator matches; an empty separator splits at white space.
    static func split(_ text: String, by separator: Value) throws(ScriptError) -> [Value] {
        let bytes = Array(text.utf8)
        if case .record(let box) = separator, case .pattern(let pattern) = box.content {
            var pieces: [Value] = []
            try forEachPiece(of: bytes, around: pattern) { piece, _ in
                pieces.append(.string(String(decoding: piece, as: UTF8.self)))
            }
            return pieces
        }
        let part = try separator.octets()
        guard !part.isEmpty else {
            return bytes.split { $0 == 0x20 || 0x09...0x0D ~= $0 }
                .map { .string(String(decoding: $0, as: UTF8.self)) }
        }
        return pieces(of: bytes, around: part).map { .string(String(decoding: $0, as: UTF8.self)) }
    }

    /// The text with every match replaced; the replacement is literal.
    static func replace(
        _ text: String,
        _ searched: Value,
        by replacement: String
    ) throws(ScriptError) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        if case .record(let box) = searched, case .pattern(let pattern) = box.content {
            try forEachPiece(of: bytes, around: pattern) { piece, isLast in
                result.append(contentsOf: piece)
                if !isLast { result.append(contentsOf: replacement.utf8) }
            }
        } else {
            let part = try searched.octets()
            guard !part.isEmpty else { return text }
            let pieces = pieces(of: bytes, around: part)
            for (index, piece) in pieces.enumerated() {
                result.append(contentsOf: piece)
                if index < pieces.count - 1 { result.append(contentsOf: replacement.utf8) }
            }
        }
        guard result.count <= 16 << 20 else { throw .value("the text grows beyond 16 MB") }
        return String(decoding: result, as: UTF8.self)
    }

    private static func pieces(of bytes: [UInt8], around part: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        var at = 0
        while at + part.count <= bytes.count {
            if bytes[at] == part[0], bytes[at..<at + part.count].elementsEqual(part) {
                pieces.append(bytes[start..<at])
                at += part.count
                start = at
            } else {
                at += 1
            }
        }
        pieces.append(bytes[start...])
        return pieces
    }

    private static func forEachPiece(
        of bytes: [UInt8],
        around pattern: Pattern,
        _ body: (ArraySlice<UInt8>, _ isLast: Bool) -> Void
    ) throws(ScriptError) {
        var start = 0
        var at = 0
        while at <= bytes.count, let match = try PatternMatching.first(pattern, bytes, from: at) {
            if match.range.isEmpty {
                // An empty match splits between characters, not before the first or in one.
                at = match.range.upperBound + 1
                while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
                guard match.range.lowerBound > start, match.range.lowerBound < bytes.count else {
                    continue
                }
            } else {
                at = match.range.upperBound
            }
            body(bytes[start..<match.range.lowerBound], false)
            start = match.range.upperBound
        }
        body(bytes[start...], true)
    }
}

/// Patterns on values.
enum PatternMatching {
    /// The first match, its limits reported as a mistake of the script.
    static func first(
        _ pattern: Pattern,
        _ bytes: [UInt8],
        from start: Int = 0
    ) throws(ScriptError) -> Match? {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(PatternLimitReached) in
                try pattern.firstMatch(in: buffer, from: start)
            }
        }
        switch result {
        case .success(let match): return match
        case .failure: throw limit(pattern)
        }
    }

    /// Whether the pattern matches anywhere.
    static func matches(_ pattern: Pattern, _ bytes: [UInt8]) throws(ScriptError) -> Bool {
        do { return try pattern.matches(bytes) } catch { throw limit(pattern) }
    }

    /// Whether the pattern matches anywhere in a text, or in one element of a list.
    static func matches(_ pattern: Pattern, _ value: Value) throws(ScriptError) -> Bool {
        switch value {
        case .list(let items):
            for item in items where try matches(pattern, item) { return true }
            return false
        case .secret(let box): return try matches(pattern, box.value)
        default: return try matches(pattern, subject(value))
        }
    }

    /// What the pattern is matched against.
    static func subject(_ value: Value) throws(ScriptError) -> [UInt8] {
        switch value {
        case .reply(let record): record.reply.textBytes
        case .log(let server): Array(server.lines.joined(separator: "\n").utf8)
        default: try value.octets()
        }
    }

    private static func limit(_ pattern: Pattern) -> ScriptError {
        ScriptError(
            "script.pattern",
            "/\(Value.cut(pattern.source, 60))/ needs more steps than a match may take"
        )
    }
}
