public import ParleyDiagnostics
public import ParleySyntax
public import ParleyVerbs

/// What a reply must be: one of the alternatives.
public struct CheckedExpectation: Sendable {
    /// The alternatives. Where the script says nothing, they are the verb's natural success class.
    public var alternatives: [CheckedAlternative]
    /// Whether the script wrote `=>`.
    public var isExplicit: Bool
    /// Whether `else warn` softens a whole wrong reply.
    public var isSoftened: Bool
    /// Where the arrow stands, or the statement.
    public var place: SourcePlace

    /// An expectation.
    public init(
        alternatives: [CheckedAlternative],
        isExplicit: Bool,
        isSoftened: Bool,
        place: SourcePlace
    ) {
        self.alternatives = alternatives
        self.isExplicit = isExplicit
        self.isSoftened = isSoftened
        self.place = place
    }

    /// Whether an alternative admits a refusal (4xx, 5xx, any, closed), so that a verb out of turn
    /// or not offered is sent all the same.
    public var admitsRefusal: Bool {
        alternatives.contains { alternative in
            switch alternative.outcome {
            case .any, .closed: true
            case .reply:
                alternative.status.map(\.isRefusal)
                    ?? alternative.code.map { $0.highest >= 400 } ?? true
            case .timeout, .refused: false
            }
        }
    }
}

/// One alternative of an expectation.
public struct CheckedAlternative: Sendable {
    /// What kind of outcome fits.
    public enum Outcome: Hashable, Sendable {
        /// A reply with the code and the enhanced code given.
        case reply
        /// Any whole, well-formed reply.
        case any
        /// The peer closes the connection.
        case closed
        /// Nothing comes within the limit.
        case timeout
        /// The connection is refused (`connect` only).
        case refused
    }

    /// What kind of outcome fits.
    public var outcome: Outcome
    /// The codes that fit.
    public var code: CodePattern?
    /// The enhanced codes that fit; demanded if given.
    public var enhanced: EnhancedPattern?
    /// The word that fits, where the protocol answers in words.
    public var status: StatusWord?
    /// The response code that must come with the word: `NONEXISTENT`.
    public var responseCode: String?
    /// What the reply's text must match.
    public var pattern: CheckedPattern?
    /// As written, for reports: `550 5.1.1`.
    public var text: String

    /// An alternative.
    public init(
        outcome: Outcome = .reply,
        code: CodePattern? = nil,
        enhanced: EnhancedPattern? = nil,
        status: StatusWord? = nil,
        responseCode: String? = nil,
        pattern: CheckedPattern? = nil,
        text: String
    ) {
        self.outcome = outcome
        self.code = code
        self.enhanced = enhanced
        self.status = status
        self.responseCode = responseCode
        self.pattern = pattern
        self.text = text
    }
}
