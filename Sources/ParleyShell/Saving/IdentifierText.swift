import ParleyPatterns

/// Finds in a server's words what it made up for this one occasion.
enum IdentifierText {
    /// The runs of characters that identifiers are made of.
    static func tokens(in text: String) -> [String] {
        text.utf8.split { !isPart($0) }.compactMap { run in
            var run = run
            while let last = run.last, isEdge(last) { run = run.dropLast() }
            while let first = run.first, isEdge(first) { run = run.dropFirst() }
            return run.isEmpty ? nil : String(decoding: run, as: UTF8.self)
        }
    }

    /// Whether nobody could have typed it from memory: long, with digits, and no mere number,
    /// address or code.
    static func isGenerated(_ token: String) -> Bool {
        let digits = token.utf8.count { (0x30...0x39).contains($0) }
        let dots = token.utf8.count { $0 == 0x2E }
        guard token.utf8.count >= 6, digits > 0 else { return false }
        return digits + dots < token.utf8.count || (digits >= 8 && dots == 0)
    }

    /// Where `token` stands by itself.
    static func offsets(of token: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard !token.isEmpty, bytes.count >= token.count else { return [] }
        return (0...(bytes.count - token.count)).filter { start in
            let end = start + token.count
            guard bytes[start..<end].elementsEqual(token) else { return false }
            let before = start == 0 || !isWordPart(bytes[start - 1])
            return before && (end == bytes.count || !isWordPart(bytes[end]))
        }
    }

    /// A pattern, as a script writes it between slashes, whose first group is `token` in `text`:
    /// the words before it lead there. `nil` if none is found.
    static func pattern(for token: String, in text: String) -> String? {
        for line in text.split(whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            let bytes = Array(line.utf8)
            guard let start = offsets(of: Array(token.utf8), in: bytes).first else { continue }
            let lead = lead(bytes[..<start])
            for group in ["(\\S+)", "([^\\s<>()\\[\\],;]+)", "([0-9A-Za-z]+)"] {
                let pattern = quoted(lead) + group
                guard let compiled = try? Pattern(pattern),
                    let match = try? compiled.firstMatch(in: Array(text.utf8)),
                    let range = match.group(1),
                    Array(text.utf8)[range].elementsEqual(token.utf8)
                else { continue }
                return pattern
            }
        }
        return nil
    }

    /// The last words before a place, as far as they are plain.
    private static func lead(_ before: ArraySlice<UInt8>) -> String {
        let plain = before.reversed().prefix { (0x20...0x7E).contains($0) }.prefix(60)
        var words = String(decoding: plain.reversed(), as: UTF8.self)
            .split(separator: " ", omittingEmptySubsequences: false)
        if words.count > 3 { words = words.suffix(3) }
        return words.joined(separator: " ")
    }

    /// The text as a pattern, with no more backslashes than it needs.
    private static func quoted(_ text: String) -> String {
        var pattern = ""
        for character in text {
            let isSpecial = "\\^$.|?*+()[]{}/\"".contains(character)
            pattern += (isSpecial ? "\\" : "") + String(character)
        }
        return pattern
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        isWordPart(byte) || "._-@+=/".utf8.contains(byte)
    }

    private static func isWordPart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80
    }

    private static func isEdge(_ byte: UInt8) -> Bool { "._-+=/@".utf8.contains(byte) }
}
