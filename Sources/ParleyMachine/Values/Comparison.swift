import ParleyNetwork
import ParleySyntax
import ParleyTLS
import ParleyVerbs
import ParleyWire

/// How values compare.
enum Comparison {
    /// Whether two values are the same. Domains compare without case, addresses without that of
    /// their domain, IP addresses by what they mean; codes compare with whole numbers.
    static func areEqual(_ left: Value, _ right: Value) throws(ScriptError) -> Bool {
        switch (left, right) {
        case (.none, .none): return true
        case (.unset, _), (_, .unset): throw .unbound("the name")
        case (.none, _), (_, .none): return false
        case (.bool(let first), .bool(let second)): return first == second
        case (.string(let first), .string(let second)): return first.utf8.elementsEqual(second.utf8)
        case (.bytes(let first), .bytes(let second)): return first == second
        case (.enhanced(let first), .enhanced(let second)): return first.fits(second)
        case (.domain(let first), _) where right.isTextual: return same(first, try right.text())
        case (_, .domain(let second)) where left.isTextual: return same(try left.text(), second)
        case (.address(let first), _) where right.isTextual: return mailbox(first, try right.text())
        case (_, .address(let second)) where left.isTextual: return mailbox(try left.text(), second)
        case (.ip(let first), _) where right.isTextual: return address(first, try right.text())
        case (_, .ip(let second)) where left.isTextual: return address(try left.text(), second)
        case (.enhanced(let first), .string(let second)): return first.text == second
        case (.string(let first), .enhanced(let second)): return first == second.text
        case (.list(let first), .list(let second)):
            guard first.count == second.count else { return false }
            for (one, other) in zip(first, second) where !(try areEqual(one.bare, other.bare)) {
                return false
            }
            return true
        case (.range, _), (_, .range):
            guard let first = left.listed, let second = right.listed else { return false }
            return try areEqual(.list(first), .list(second))
        case (.map(let first), .map(let second)):
            guard first.entries.count == second.entries.count else { return false }
            for (name, value) in first.entries {
                guard let other = second[name], try areEqual(value.bare, other.bare) else {
                    return false
                }
            }
            return true
        case (.reply(let first), .reply(let second)): return first.reply == second.reply
        case (.session(let first), .session(let second)): return first.id == second.id
        case (.server(let first), .server(let second)): return first === second
        case (.record(let first), .record(let second)): return same(first, second)
        default: break
        }
        if left.isTextual, right.isTextual || right.isBytes {
            return try left.octets() == right.octets()
        }
        if left.isBytes, right.isTextual { return try left.octets() == right.octets() }
        if let first = left.magnitude, let second = right.magnitude { return first == second }
        if let first = left.number, let second = right.number { return first == second }
        return false
    }

    /// Negative, zero or positive, as the left value is less than, equal to or more than the right.
    static func order(_ left: Value, _ right: Value) throws(ScriptError) -> Int {
        if let first = left.magnitude, let second = right.magnitude {
            return first < second ? -1 : first == second ? 0 : 1
        }
        if let first = left.number, let second = right.number {
            return first < second ? -1 : first == second ? 0 : 1
        }
        if case .enhanced(let first) = left, case .enhanced(let second) = right {
            let one = [first.severity, first.subject, first.detail]
            let other = [second.severity, second.subject, second.detail]
            return one == other ? 0 : one.lexicographicallyPrecedes(other) ? -1 : 1
        }
        guard left.isTextual, right.isTextual else {
            throw Operators.mismatch(.less, left, right)
        }
        let (first, second) = (try left.octets(), try right.octets())
        return first == second ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
    }

    /// Whether the container holds the item: an element, a name, a stretch of text.
    static func contains(_ container: Value, _ item: Value) throws(ScriptError) -> Bool {
        switch container {
        case .list(let items):
            for candidate in items where try areEqual(candidate.bare, item) { return true }
            return false
        case .range(let lower, let upper):
            guard case .int(let number) = item else { return false }
            return number >= lower && number < upper
        case .map(let map):
            return map[try item.text()] != nil
        case .record(let box):
            guard case .capabilities(let capabilities) = box.content else { break }
            return capabilities.offers(try item.text())
        case .reply(let record):
            return contains(record.reply.textBytes, try item.octets())
        case .log(let server):
            let text = try item.text()
            return server.lines.contains { contains(Array($0.utf8), Array(text.utf8)) }
        case _ where container.isTextual || container.isBytes:
            return contains(try container.octets(), try item.octets())
        default: break
        }
        throw Operators.mismatch(.contains, container, item)
    }

    /// Whether the octets occur in others. Bounded: first octets are skipped to with a plain
    /// search.
    static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first else { return true }
        guard bytes.count >= part.count else { return false }
        var start = 0
        let last = bytes.count - part.count
        while start <= last {
            if bytes[start] == first, bytes[start..<start + part.count].elementsEqual(part) {
                return true
            }
            start += 1
        }
        return false
    }

    private static func same(_ left: String, _ right: String) -> Bool {
        fold(left).utf8.elementsEqual(fold(right).utf8)
    }

    private static func fold(_ domain: String) -> String {
        let lower = domain.asciiLowercased
        return lower.utf8.count > 1 && lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }

    private static func mailbox(_ left: String, _ right: String) -> Bool {
        guard let first = left.lastIndex(of: "@"), let second = right.lastIndex(of: "@") else {
            return same(left, right)
        }
        return left[..<first].utf8.elementsEqual(right[..<second].utf8)
            && same(String(left[first...]), String(right[second...]))
    }

    private static func address(_ left: String, _ right: String) -> Bool {
        guard let first = IPAddress(left), let second = IPAddress(right) else {
            return left.utf8.elementsEqual(right.utf8)
        }
        return first == second
    }

    private static func same(_ left: RecordBox, _ right: RecordBox) -> Bool {
        switch (left.content, right.content) {
        case (.certificate(let first, _), .certificate(let second, _)): first == second
        case (.key(let first), .key(let second)): first.publicKeyPin == second.publicKeyPin
        case (.capabilities(let first), .capabilities(let second)): first == second
        default: left === right
        }
    }
}

extension Value {
    /// Whether the value is text of some kind.
    var isTextual: Bool {
        switch self {
        case .string, .address, .domain, .ip, .endpoint: true
        default: false
        }
    }

    var isBytes: Bool {
        if case .bytes = self { true } else { false }
    }

    /// Whole numbers of all kinds, which compare with their own kind; the checker keeps them apart.
    var magnitude: Int64? {
        switch self {
        case .int(let number), .code(let number), .tlsVersion(let number): Int64(number)
        case .duration(let number), .size(let number), .instant(let number): number
        default: nil
        }
    }

    /// Plain numbers.
    var number: Double? {
        switch self {
        case .int(let number), .code(let number): Double(number)
        case .float(let number): number
        default: nil
        }
    }

    /// The elements of a list or of a range that is not too long to be made one.
    var listed: [Value]? {
        switch self {
        case .list(let items): items
        case .range(let lower, let upper) where upper - lower <= 1_000_000:
            (lower..<max(lower, upper)).map { .int($0) }
        default: nil
        }
    }
}
