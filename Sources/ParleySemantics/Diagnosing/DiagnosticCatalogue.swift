/// Every code that the checker and the linter report, with what `parley explain CODE` says of it.
///
/// The codes of the parser (`script.syntax.*` but for one) are the parser's own.
public enum DiagnosticCatalogue {
    /// A code with its explanation.
    public struct Entry: Sendable {
        /// The code: `script.name.unknown`, `lint.verify-none`.
        public let code: String
        /// A paragraph for people: what it means, why it is so, and the way out.
        public let explanation: String
    }

    /// All entries: the checker's in the order of their families, then the linter's.
    public static var entries: [Entry] {
        DiagnosticCode.allCases.map { Entry(code: $0.rawValue, explanation: $0.explanation) }
            + Linter.rules.map { Entry(code: $0.code, explanation: $0.explanation) }
    }

    /// The explanation of a code; `nil` if the code is not the checker's or the linter's.
    public static func explanation(of code: String) -> String? {
        entries.first { $0.code == code }?.explanation
    }
}
