public import ParleySyntax

/// `expect` or `require`.
public struct CheckedJudge: Sendable {
    /// Whether a failure ends the test.
    public var isFatal: Bool
    /// What must hold; of kind bool.
    public var condition: CheckedExpression
    /// The script's own words.
    public var message: CheckedExpression?
    /// Whether a failure is a warning.
    public var isSoftened: Bool
    /// The session judged, if the condition looks at one: its dialogue goes with a failure.
    public var session: SessionSlot?

    /// A judgement.
    public init(
        isFatal: Bool,
        condition: CheckedExpression,
        message: CheckedExpression?,
        isSoftened: Bool,
        session: SessionSlot?
    ) {
        self.isFatal = isFatal
        self.condition = condition
        self.message = message
        self.isSoftened = isSoftened
        self.session = session
    }
}

/// `measure`.
public struct CheckedMeasure: Sendable {
    /// Its name in reports; unique in the test.
    public var name: String
    /// What is measured: duration, size, int or float.
    public var value: CheckedExpression
    /// The condition on the value under which it is a warning.
    public var warn: (operator: BinaryOperator, bound: CheckedExpression)?
    /// The condition on the value under which it is a failure.
    public var fail: (operator: BinaryOperator, bound: CheckedExpression)?

    /// A measure.
    public init(
        name: String,
        value: CheckedExpression,
        warn: (operator: BinaryOperator, bound: CheckedExpression)?,
        fail: (operator: BinaryOperator, bound: CheckedExpression)?
    ) {
        self.name = name
        self.value = value
        self.warn = warn
        self.fail = fail
    }
}
