import ParleyDiagnostics
import ParleySyntax

/// One rule of the linter.
protocol LintRule: SendableMetatype {
    /// The code: `lint.verify-none`.
    static var code: String { get }
    /// The paragraph of `parley explain CODE`.
    static var explanation: String { get }
    /// What the rule has to say about a script.
    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void)
}

extension LintRule {
    static func advice(
        _ message: String,
        at place: SourcePlace,
        severity: Diagnostic.Severity = .note,
        secondary: [Diagnostic.Label] = [],
        help: String,
        fixIt: Diagnostic.FixIt? = nil
    ) -> Diagnostic {
        Diagnostic(
            code,
            message,
            at: place,
            severity: severity,
            secondary: secondary,
            help: help,
            fixIt: fixIt
        )
    }
}

/// A script as the rules see it.
struct LintedScript {
    let tree: SyntaxTree
    /// `nil` if the script has errors.
    let program: CheckedProgram?

    func place(_ range: SourceRange) -> SourcePlace { SourcePlace(tree.source, range) }

    /// Where the first word of a statement stands.
    func firstWord(_ statement: Statement) -> SourcePlace {
        let bytes = tree.source.bytes
        var end = statement.range.start
        while end < min(statement.range.end, bytes.count), bytes[end] > 0x20 { end += 1 }
        return place(SourceRange(statement.range.start, end))
    }
}
