import ParleyDiagnostics
import ParleySyntax

/// An inner limit beyond the outer one never fires.
enum LongWithin: LintRule {
    static let code = "lint.long-within"
    static let explanation = """
        A `within` is longer than the limit of the block or test around it. The deadline is the \
        earliest of all, so the outer limit fires first and the inner one says nothing.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        for case .test(let test) in script.tree.statements.map(\.kind) {
            visit(test.body.statements, bound(test.timeout, nil), script, report)
        }
    }

    private typealias Bound = (nanoseconds: Int64, word: Word)

    private static func bound(_ word: Word?, _ outer: Bound?) -> Bound? {
        guard let word, let literal = word.literal,
            let limit = ConstantParser.nanoseconds(literal)
        else { return outer }
        return outer.map { $0.nanoseconds < limit ? $0 : (limit, word) } ?? (limit, word)
    }

    private static func visit(
        _ statements: [Statement],
        _ outer: Bound?,
        _ script: LintedScript,
        _ report: @escaping (Diagnostic) -> Void
    ) {
        for statement in statements {
            let within = statement.limit
            if let outer, let within, let literal = within.literal,
                let limit = ConstantParser.nanoseconds(literal), limit > outer.nanoseconds
            {
                report(
                    advice(
                        "this limit is longer than the one around it and never fires",
                        at: script.place(within.range),
                        severity: .warning,
                        secondary: [
                            Diagnostic.Label(script.place(outer.word.range), "the limit around it")
                        ],
                        help: "shorten it, or lengthen the outer one"
                    )
                )
            }
            for block in statement.blocks {
                visit(block.statements, bound(within, outer), script, report)
            }
        }
    }
}

extension Statement {
    /// The statement's own limit.
    var limit: Word? {
        switch kind {
        case .verb(let verb): verb.tail.within
        case .loop(_, _, _, let within, _), .repetition(_, let within, _),
            .eventually(let within, _, _), .step(_, let within, _), .parallel(let within, _):
            within
        default: nil
        }
    }
}
