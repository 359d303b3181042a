import ParleySyntax
import ParleyVerbs
import ParleyWire

/// The words that editors colour, from the tables that the parser and the checker read.
enum EditorWords {
    /// First words of statements, verbs of protocols excluded.
    static let statements = Keywords.statements.map(\.word).sorted()

    /// First words that read a session but are no verbs of a protocol.
    static let sessions = [
        "close", "connect", "receive", "send", "start", "stop", "resolve",
    ]
    .sorted()

    /// The verbs of all protocols.
    static let verbs = Protocols.registry.verbNames.sorted()

    /// What `connect` and `server` take.
    static let protocols = Protocols.registry.protocols.map(\.name).sorted()

    /// Words at fixed places: of the grammar, of scripted servers, and of the verbs' own clauses.
    static let clauses = Set(
        Keywords.clauses + ServerDeclaration.settingNames + ServerAction.words.map(\.word)
            + Protocols.registry.protocols.flatMap(\.verbs).flatMap(\.clauses).flatMap(\.words)
    ).sorted()

    /// What stands behind `=>` in the place of a code.
    static let answers = Keywords.outcomes + ServerAction.statuses

    /// Statements whose second word is a name that they bind.
    static let binders = [
        "cases", "dialogue", "for", "let", "measure", "message", "param", "profile", "secret",
        "snapshot",
    ]

    static let operators = (Keywords.operators + Keywords.predicates).sorted()

    static let constants = Keywords.constants.sorted()

    /// Units of durations and sizes, longest first.
    static let units = (Keywords.durationUnits.map(\.unit) + Keywords.sizeUnits.map(\.unit))
        .sorted { ($1.count, $0) < ($0.count, $1) }

    /// Words as alternatives of a regular expression, longest first so that none hides another.
    static func alternatives(_ words: [String]) -> String {
        words.sorted { ($1.count, $0) < ($0.count, $1) }
            .map { $0.replacing(".", with: "\\.").replacing("-", with: "\\-") }
            .joined(separator: "|")
    }
}
