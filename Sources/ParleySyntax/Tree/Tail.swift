public import ParleyDiagnostics

/// What may end a statement that reads words: `=> …`, `within D`, `as NAME`, `else warn`.
public struct Tail: Sendable {
    /// What the peer must answer.
    public var arrow: Arrow?
    /// The statement's own limit.
    public var within: Word?
    /// The name that is bound.
    public var binding: Identifier?
    /// Whether the name stands behind `=>`, where it binds the reply.
    public var bindsReply: Bool
    /// Whether `else warn` softens a wrong reply; its place.
    public var softened: SourceRange?

    /// A tail.
    public init(
        arrow: Arrow? = nil,
        within: Word? = nil,
        binding: Identifier? = nil,
        bindsReply: Bool = false,
        softened: SourceRange? = nil
    ) {
        self.arrow = arrow
        self.within = within
        self.binding = binding
        self.bindsReply = bindsReply
        self.softened = softened
    }
}

/// `=> A or B`.
public struct Arrow: Sendable {
    /// From `=>` to the end of the last alternative.
    public var range: SourceRange
    /// At least one, unless the arrow is malformed.
    public var alternatives: [Alternative]

    /// An arrow.
    public init(range: SourceRange, alternatives: [Alternative]) {
        self.range = range
        self.alternatives = alternatives
    }
}

/// One complete alternative of an arrow: `550 5.1.1 matching /unknown/`, `closed`, `2xx`.
public struct Alternative: Sendable {
    /// Where it stands.
    public var range: SourceRange
    /// `250`, `25x`, `2xx`.
    public var code: CodePattern?
    /// `5.1.1`, `5.7.x`; demanded if given.
    public var enhanced: EnhancedPattern?
    /// A word in place of a code: `any closed timeout refused OK NO +OK nxdomain …`, as written.
    public var keyword: Identifier?
    /// `[NONEXISTENT]` behind a word: the response code (RFC 9051 §7.1), without its brackets.
    public var responseCode: Identifier?
    /// `matching /…/` or `matching "…"` on the reply's text.
    public var pattern: RegexLiteral?

    /// An alternative.
    public init(
        range: SourceRange,
        code: CodePattern? = nil,
        enhanced: EnhancedPattern? = nil,
        keyword: Identifier? = nil,
        responseCode: Identifier? = nil,
        pattern: RegexLiteral? = nil
    ) {
        self.range = range
        self.code = code
        self.enhanced = enhanced
        self.keyword = keyword
        self.responseCode = responseCode
        self.pattern = pattern
    }
}

/// Three digits, of which the last one or two may be `x`.
public struct CodePattern: Hashable, Sendable, CustomStringConvertible {
    /// The lowest code that fits: 250 for `25x`.
    public var lowest: Int
    /// The highest code that fits: 259 for `25x`.
    public var highest: Int

    /// The codes from `lowest` to `highest`.
    public init(lowest: Int, highest: Int) {
        self.lowest = lowest
        self.highest = highest
    }

    /// Whether the code fits.
    public func matches(_ code: Int) -> Bool { code >= lowest && code <= highest }

    /// As written: `25x`.
    public var description: String {
        switch highest - lowest {
        case 0: "\(lowest)"
        case 9: "\(lowest / 10)x"
        default: "\(lowest / 100)xx"
        }
    }
}

/// An enhanced status code (RFC 3463) of which the last parts may be `x`.
public struct EnhancedPattern: Hashable, Sendable, CustomStringConvertible {
    /// 2, 4 or 5.
    public var statusClass: Int
    /// The subject; `nil` for `x`.
    public var subject: Int?
    /// The detail; `nil` for `x`.
    public var detail: Int?

    /// A pattern of an enhanced code.
    public init(statusClass: Int, subject: Int?, detail: Int?) {
        self.statusClass = statusClass
        self.subject = subject
        self.detail = detail
    }

    /// As written: `5.7.x`.
    public var description: String {
        "\(statusClass).\(subject.map { "\($0)" } ?? "x").\(detail.map { "\($0)" } ?? "x")"
    }
}
