public import ParleyDiagnostics
public import ParleySyntax

/// Advice on scripts that are right but not as good as they could be.
public enum Linter {
    /// The rules, one file each.
    static let rules: [any LintRule.Type] = [
        Attack.self, BareLineFeed.self, DuplicateTitle.self, EmptyTest.self, HiddenAttribute.self,
        InClear.self, JudgedAfterFailure.self, LiteralSecret.self, LongWithin.self,
        NeedlessInsertion.self, Pause.self, StaleOffers.self, UnusedName.self,
        UnusedParameter.self, VerifyNone.self,
    ]

    /// What the rules have to say, in the order of the text.
    ///
    /// - Parameter program: the checked program; `nil` if there is none, for then the rules that
    ///   need it are silent.
    public static func lint(_ tree: SyntaxTree, _ program: CheckedProgram?) -> [Diagnostic] {
        // What is in a recording happened; advice belongs to the script that it was made from.
        guard program?.isReplay != true else { return [] }
        let script = LintedScript(tree: tree, program: program)
        var found: [Diagnostic] = []
        for rule in rules {
            rule.check(script) { found.append($0) }
        }
        return found.enumerated().sorted { left, right in
            (left.element.primary.place.range.start, left.offset)
                < (right.element.primary.place.range.start, right.offset)
        }
        .map(\.element)
    }
}
