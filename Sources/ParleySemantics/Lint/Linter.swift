public import ParleyDiagnostics
public import ParleySyntax

/// Advice on scripts that are right but not as good as they could be.
public enum Linter {
    /// The rules, one file each.
    static let rules: [any LintRule.Type] = []

    /// What the rules have to say, in the order of the text. Rules that need the checked program
    /// are silent without one.
    public static func lint(_ tree: SyntaxTree, _ program: CheckedProgram?) -> [Diagnostic] {
        []
    }
}
