import ParleyDiagnostics
import ParleySyntax

/// One rule of the linter.
protocol LintRule: SendableMetatype {
    /// The code: `lint.verify-none`.
    static var code: String { get }
    /// The paragraph of `parley explain CODE`.
    static var explanation: String { get }
    /// What the rule has to say about a script.
    static func check(_ tree: SyntaxTree, _ program: CheckedProgram?) -> [Diagnostic]
}
