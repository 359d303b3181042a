import ParleyPatterns
import ParleySemantics
import ParleyWire

extension Fiber {
    /// Octets above which work on a text is done on another thread (rule 33): a match may take a
    /// millisecond for every octet at which it can begin.
    static let longLength = 64 << 10

    /// Asks for a value that takes long to compute.
    func offload(
        into target: Register,
        _ work: @escaping @Sendable () throws(ScriptError) -> Value
    ) -> Request {
        waiting = .computed(target)
        return .compute({ Result { () throws(ScriptError) in try work() } }, enclosingLimit())
    }

    /// What came of it.
    func computed(_ event: Event, into target: Register) throws {
        switch event {
        case .computed(let result): registers[Int(target)] = try result.get()
        case .timedOut: throw lateByItself()
        default: throw unexpected(event, stage: "", family: "script", handle: nil)
        }
        position += 1
    }

    /// Whether a pattern matches, into a register, or a request where the text is long.
    func matches(_ value: Value, _ site: PatternSite, into target: Register) throws -> Request? {
        let pattern = try pattern(site)
        // A log belongs to its server's loop, and what is sent elsewhere is its text.
        let subject = value.isLog ? .bytes(try PatternMatching.subject(value)) : value
        guard subject.isLong else {
            registers[Int(target)] = .bool(try PatternMatching.matches(pattern, subject))
            return nil
        }
        return offload(into: target) { () throws(ScriptError) in
            .bool(try PatternMatching.matches(pattern, subject))
        }
    }

    /// What a group of a pattern matches, into a register, or a request where the text is long.
    func capture(_ value: Value, _ site: PatternSite, into target: Register) throws -> Request? {
        guard !value.isNone else {
            registers[Int(target)] = .none
            return nil
        }
        let pattern = try pattern(site)
        let subject = try PatternMatching.subject(value)
        let isSecret = value.isSecret
        let group = site.group >= 0 ? site.group : min(1, pattern.groupCount)
        guard subject.count > Fiber.longLength else {
            registers[Int(target)] = try Self.capture(subject, pattern, group, isSecret)
            return nil
        }
        return offload(into: target) { () throws(ScriptError) in
            try Self.capture(subject, pattern, group, isSecret)
        }
    }

    private static func capture(
        _ subject: [UInt8],
        _ pattern: Pattern,
        _ group: Int,
        _ isSecret: Bool
    ) throws(ScriptError) -> Value {
        guard let match = try PatternMatching.first(pattern, subject),
            let range = match.group(group)
        else { return .none }
        let text = Value.string(String(decoding: subject[range], as: UTF8.self))
        return isSecret ? text.asSecret : text
    }
}

extension Value {
    /// Whether work on it is better done elsewhere. What belongs to a loop never is.
    var isLong: Bool {
        octetCount(upTo: Fiber.longLength) > Fiber.longLength
    }

    /// Octets of texts, counted until there are too many.
    private func octetCount(upTo limit: Int) -> Int {
        switch self {
        case .string(let text): return text.utf8.count
        case .bytes(let bytes): return bytes.count
        case .reply(let record): return record.reply.raw.count
        case .secret(let box): return box.value.octetCount(upTo: limit)
        case .list(let items):
            var count = 0
            for item in items where count <= limit {
                if item.isBoundToLoop { return 0 }
                count += item.octetCount(upTo: limit - count)
            }
            return count
        default: return 0
        }
    }

    private var isBoundToLoop: Bool {
        switch self {
        case .session, .server, .log: true
        default: false
        }
    }

    var isLog: Bool {
        if case .log = self { true } else { false }
    }
}

extension Builtin {
    /// Whether the fiber itself is asked, and not only the arguments.
    var needsFiber: Bool {
        switch self {
        case .now, .uuid, .random, .runID, .runSeed, .probeName, .probeSender: true
        default: false
        }
    }
}
