internal import CPCRE2
internal import Synchronization

/// A regular expression in PCRE2's language, compiled once and matched against octets.
///
/// The text is taken as UTF-8, so that `.` is a whole character and case folding knows `Ż`; octets
/// that are not UTF-8 never fail a match, they are merely matched by nothing. `\d`, `\w` and `\s`
/// mean ASCII. CR, LF and CRLF all end a line for `.`, and for `^` and `$` under `(?m)`.
///
/// A match is bounded in steps and memory for each position at which it starts; one that exceeds a
/// bound throws ``PatternLimitReached``. A pattern may be used from any number of threads at once.
public final class Pattern: Sendable {
    /// The pattern as written.
    public let source: String

    /// Whether case is ignored.
    public let isCaseInsensitive: Bool

    /// The number of groups, not counting the whole match.
    public let groupCount: Int

    /// The named groups with their numbers, by number.
    public let groupNames: [(name: String, number: Int)]

    /// Steps per starting position before a match is given up: about a millisecond.
    private static let stepLimit: UInt32 = 100_000

    /// KiB of backtracking memory before a match is given up.
    private static let heapLimit: UInt32 = 8192

    // Immutable once compiled, as PCRE2 demands of what threads share.
    private nonisolated(unsafe) let code: OpaquePointer
    private nonisolated(unsafe) let context: OpaquePointer?

    /// The address of a spare block for results, or 0; whoever needs one takes it, and makes
    /// another where it is gone.
    private let spare = Atomic<UInt>(0)

    /// Compiles a pattern.
    ///
    /// - Throws: ``PatternError`` with the octet at which the pattern ceases to make sense.
    public init(
        _ source: String,
        caseInsensitive isCaseInsensitive: Bool = false
    ) throws(PatternError) {
        let compileContext = pcre2_compile_context_create_8(nil)
        defer { pcre2_compile_context_free_8(compileContext) }
        pcre2_set_newline_8(compileContext, UInt32(PCRE2_NEWLINE_ANYCRLF))

        var options =
            UInt32(PCRE2_UTF) | UInt32(PCRE2_MATCH_INVALID_UTF) | UInt32(PCRE2_NEVER_BACKSLASH_C)
        if isCaseInsensitive { options |= UInt32(PCRE2_CASELESS) }

        var number: Int32 = 0
        var offset = 0
        var text = source
        let compiled = text.withUTF8 { utf8 in
            // An empty string may have no address at all, which PCRE2 takes for a missing pattern.
            let empty: [UInt8] = [0]
            return empty.withUnsafeBufferPointer { fallback in
                pcre2_compile_8(
                    utf8.baseAddress ?? fallback.baseAddress,
                    utf8.count,
                    options,
                    &number,
                    &offset,
                    compileContext
                )
            }
        }
        guard let compiled else {
            throw PatternError(
                message: Self.message(number),
                offset: min(max(offset, 0), source.utf8.count)
            )
        }
        // Where the processor has no JIT the interpreter matches instead.
        pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))

        let context = pcre2_match_context_create_8(nil)
        pcre2_set_match_limit_8(context, Self.stepLimit)
        pcre2_set_heap_limit_8(context, Self.heapLimit)

        self.source = source
        self.isCaseInsensitive = isCaseInsensitive
        self.code = compiled
        self.context = context
        self.groupCount = Int(Self.info(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT)))
        self.groupNames = Self.names(of: compiled)
    }

    deinit {
        pcre2_match_data_free_8(OpaquePointer(bitPattern: spare.load(ordering: .acquiring)))
        pcre2_match_context_free_8(context)
        pcre2_code_free_8(code)
    }

    /// The number of the group of that name.
    public func groupNumber(named name: String) -> Int? {
        groupNames.first { $0.name == name }?.number
    }

    /// The first match in `bytes` at or after the octet `start`.
    ///
    /// What stands before `start` is still seen by look-behind and `\b`.
    public func firstMatch(
        in bytes: UnsafeRawBufferPointer,
        from start: Int = 0
    ) throws(PatternLimitReached) -> Match? {
        try run(bytes, start, 0) { outcome, ovector in
            outcome > 0 ? self.match(ovector, pairs: Int(outcome)) : nil
        }
    }

    /// The first match in `bytes`.
    public func firstMatch(in bytes: [UInt8]) throws(PatternLimitReached) -> Match? {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(PatternLimitReached) in try firstMatch(in: buffer) }
        }
        return try result.get()
    }

    /// Whether the pattern matches anywhere in `bytes`; cheaper than ``firstMatch(in:from:)``.
    public func matches(_ bytes: UnsafeRawBufferPointer) throws(PatternLimitReached) -> Bool {
        try run(bytes, 0, 0) { outcome, _ in outcome > 0 }
    }

    /// Whether the pattern matches anywhere in `bytes`.
    public func matches(_ bytes: [UInt8]) throws(PatternLimitReached) -> Bool {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(PatternLimitReached) in try matches(buffer) }
        }
        return try result.get()
    }

    /// Searches text of which more may come, from the octet where the last search left off.
    ///
    /// A match is reported as soon as there is one, although more text could make it longer.
    public func search(
        growing bytes: UnsafeRawBufferPointer,
        from start: Int = 0
    ) throws(PatternLimitReached) -> GrowingMatch {
        try run(bytes, start, UInt32(PCRE2_PARTIAL_SOFT)) { outcome, ovector in
            if outcome > 0 { return .found(self.match(ovector, pairs: Int(outcome))) }
            let isPartial = outcome == PCRE2_ERROR_PARTIAL
            return .notYet(resumeAt: isPartial ? ovector[0] : bytes.count)
        }
    }

    // MARK: - Private

    /// Matches and hands the outcome (positive: a match, else `NOMATCH` or `PARTIAL`) to `body`.
    private func run<Value>(
        _ bytes: UnsafeRawBufferPointer,
        _ start: Int,
        _ options: UInt32,
        _ body: (Int32, UnsafeMutablePointer<Int>) -> Value
    ) throws(PatternLimitReached) -> Value {
        let taken = spare.exchange(0, ordering: .acquiring)
        guard
            let data = OpaquePointer(bitPattern: taken)
                ?? pcre2_match_data_create_from_pattern_8(code, nil),
            let ovector = pcre2_get_ovector_pointer_8(data)
        else { throw PatternLimitReached(.memory) }
        defer {
            let returned = spare.compareExchange(
                expected: 0,
                desired: UInt(bitPattern: data),
                ordering: .releasing
            )
            if !returned.exchanged { pcre2_match_data_free_8(data) }
        }

        let offset = min(max(start, 0), bytes.count)
        var outcome = call(bytes, offset, options, data)
        if outcome == PCRE2_ERROR_JIT_STACKLIMIT {
            // The JIT's own stack is small; the interpreter has the larger, still bounded, heap.
            outcome = call(bytes, offset, options | UInt32(PCRE2_NO_JIT), data)
        }
        switch outcome {
        case PCRE2_ERROR_NOMATCH, PCRE2_ERROR_PARTIAL:
            return body(outcome, ovector)
        case PCRE2_ERROR_MATCHLIMIT:
            throw PatternLimitReached(.steps)
        case ..<0:
            throw PatternLimitReached(.memory)
        default:
            return body(outcome, ovector)
        }
    }

    private func call(
        _ bytes: UnsafeRawBufferPointer,
        _ start: Int,
        _ options: UInt32,
        _ data: OpaquePointer
    ) -> Int32 {
        guard let base = bytes.baseAddress else {
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { nothing in
                nothing.initialize(repeating: 0)
                return pcre2_match_8(code, nothing.baseAddress, 0, 0, options, data, context)
            }
        }
        let subject = base.assumingMemoryBound(to: UInt8.self)
        return pcre2_match_8(code, subject, bytes.count, start, options, data, context)
    }

    private func match(_ ovector: UnsafeMutablePointer<Int>, pairs: Int) -> Match {
        func range(_ group: Int) -> Range<Int>? {
            guard group < pairs else { return nil }
            let (start, end) = (ovector[2 * group], ovector[2 * group + 1])
            // `\K` in a look-ahead can put the end before the start; an unset group is -1.
            return start >= 0 && end >= start ? start..<end : nil
        }
        let whole = range(0) ?? ovector[0]..<ovector[0]
        var groups: [Range<Int>?] = []
        groups.reserveCapacity(groupCount + 1)
        groups.append(whole)
        for group in 0..<groupCount { groups.append(range(group + 1)) }
        return Match(groups: groups, range: whole)
    }

    private static func info(_ code: OpaquePointer, _ what: UInt32) -> UInt32 {
        var value: UInt32 = 0
        pcre2_pattern_info_8(code, what, &value)
        return value
    }

    /// Reads the table of names: entries of fixed size, a two-octet number, then the name and a
    /// NUL.
    private static func names(of code: OpaquePointer) -> [(name: String, number: Int)] {
        let count = Int(info(code, UInt32(PCRE2_INFO_NAMECOUNT)))
        let size = Int(info(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE)))
        var table: UnsafePointer<UInt8>?
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        guard let table, count > 0 else { return [] }
        return (0..<count).map { index in
            let entry = UnsafeBufferPointer(start: table + index * size, count: size)
            let name = String(decoding: entry.dropFirst(2).prefix { $0 != 0 }, as: UTF8.self)
            return (name, Int(entry[0]) << 8 | Int(entry[1]))
        }
        .sorted { $0.number < $1.number }
    }

    private static func message(_ number: Int32) -> String {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
            let length = pcre2_get_error_message_8(number, buffer.baseAddress, buffer.count)
            guard length > 0 else { return "the pattern is not valid" }
            return String(decoding: buffer.prefix(Int(length)), as: UTF8.self)
        }
    }
}
