public import ParleyDiagnostics

/// An expression with its place.
public struct Expression: Sendable {
    /// Where it stands.
    public var range: SourceRange
    /// What it is.
    public var kind: ExpressionKind

    /// An expression.
    public init(range: SourceRange, kind: ExpressionKind) {
        self.range = range
        self.kind = kind
    }
}

/// What an expression is.
public indirect enum ExpressionKind: Sendable {
    /// `true`, `42`, `30s`, `20MB`, `5.1.1`, `TLSv1.2`, `none`
    case literal(Literal)
    /// `"text ${x}"` and `"""` blocks
    case string([WordPart])
    /// A name: a variable, or an attribute of the current session (`tls`, `cert`, `banner`)
    case name(String)
    /// `x.name`
    case member(Expression, Identifier)
    /// `x[i]`
    case index(Expression, Expression)
    /// `f(a, b)`
    case call(Identifier, [Expression])
    /// `[a, b]`
    case list([Expression])
    /// `not x`, `-x`
    case unary(UnaryOperator, Expression)
    /// `a op b`; the range is the operator's
    case binary(BinaryOperator, SourceRange, Expression, Expression)
    /// `x matches /re/`; the range is the operator's
    case matches(Expression, SourceRange, RegexLiteral)
    /// `x capture /re/ [group]`
    case capture(Expression, RegexLiteral, group: Int?)
    /// `x default v`
    case fallback(Expression, Expression)
    /// `offers CAP`, `offers CAP [NAME] op v`, `offers CAP [A, B]` on the current session
    case offers(Identifier, OffersTest)
    /// `cert covers host`
    case covers(Expression, SourceRange, Expression)
    /// `cert dane-ok`: a predicate written behind its subject
    case predicate(Expression, Identifier)
    /// `grey.log count rcpt`
    case count(Expression, Identifier)
    /// `got same-as note ignoring [A, B]`
    case sameAs(Expression, SourceRange, Expression, ignoring: [Identifier])
    /// `split(x, /re/)`'s pattern argument
    case pattern(RegexLiteral)
    /// `(x)`
    case group(Expression)
    /// Where an expression should be; reported.
    case missing
}

/// What `offers CAP` asks beyond the capability being there.
public enum OffersTest: Sendable {
    /// It is advertised.
    case present
    /// Its parameter of that name compares: `offers LIMITS RCPTMAX >= 100`. The range is the
    /// operator's.
    case states(Identifier, BinaryOperator, SourceRange, Expression)
    /// Its parameter compares: `offers SIZE >= 20MB`. The range is the operator's.
    case compares(BinaryOperator, SourceRange, Expression)
    /// Its parameters include all of these: `offers AUTH [PLAIN, LOGIN]`.
    case includes([Identifier])
}

/// A constant.
public enum Literal: Hashable, Sendable {
    /// `true`, `false`
    case bool(Bool)
    /// `42`
    case integer(Int)
    /// `1.5`
    case float(Double)
    /// `250ms 30s 5m 2h 21d`, in nanoseconds
    case duration(Int64)
    /// `512B 10KB 20MB 1GB` (powers of 1024), in octets
    case size(Int64)
    /// `5.1.1`
    case enhanced(EnhancedPattern)
    /// `TLSv1.2`: minor version counted from TLSv1.0 = 1; SSLv3 = 0
    case tlsVersion(Int)
    /// `none`: no value of an optional
    case none
}

/// An operator before its operand.
public enum UnaryOperator: String, Sendable {
    /// `not`
    case not
    /// `-`
    case minus = "-"
}

/// An operator between its operands.
public enum BinaryOperator: String, Sendable, CaseIterable {
    /// `or`
    case or
    /// `and`
    case and
    /// `==`
    case equal = "=="
    /// `!=`
    case notEqual = "!="
    /// `<`
    case less = "<"
    /// `<=`
    case lessOrEqual = "<="
    /// `>`
    case greater = ">"
    /// `>=`
    case greaterOrEqual = ">="
    /// `in`
    case `in`
    /// `contains`
    case contains
    /// `starts`
    case starts
    /// `ends`
    case ends
    /// `+`
    case plus = "+"
    /// `-`
    case minus = "-"
    /// `*`
    case times = "*"
    /// `/`
    case divide = "/"
    /// `%`
    case remainder = "%"
}
