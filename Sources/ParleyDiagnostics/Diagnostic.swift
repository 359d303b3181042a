/// Something to tell about a script: what, where, why and what next.
///
/// Diagnostics are values; terminal, plain text and JSON are renderings of the same value.
public struct Diagnostic: Sendable {
    /// How grave it is.
    public enum Severity: String, Sendable, Comparable {
        /// Advice of the linter.
        case note
        /// Suspicious; the script runs.
        case warning
        /// The script does not run.
        case error

        /// Orders by gravity.
        public static func < (left: Severity, right: Severity) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// A range with a few words under it.
    public struct Label: Sendable {
        /// Where.
        public var place: SourcePlace
        /// What to say there; may be empty.
        public var text: String

        /// A label.
        public init(_ place: SourcePlace, _ text: String = "") {
            self.place = place
            self.text = text
        }
    }

    /// A replacement that would mend the script.
    public struct FixIt: Sendable {
        /// What to replace.
        public var place: SourcePlace
        /// With what.
        public var replacement: String

        /// A fix-it.
        public init(_ place: SourcePlace, _ replacement: String) {
            self.place = place
            self.replacement = replacement
        }
    }

    /// The stable code: one of the `script.*` reasons with a detail, `script.name.unknown`.
    public var code: String
    /// How grave it is.
    public var severity: Severity
    /// One sentence, lower case, no full stop: `unknown name ‘hots’`.
    public var message: String
    /// Where it is; the first label.
    public var primary: Label
    /// Other places that matter.
    public var secondary: [Label]
    /// Facts that explain it.
    public var notes: [String]
    /// The way out: `did you mean ‘host’?`.
    public var help: String?
    /// A mechanical way out, if there is one.
    public var fixIt: FixIt?

    /// A diagnostic.
    public init(
        _ code: String,
        _ message: String,
        at place: SourcePlace,
        label: String = "",
        severity: Severity = .error,
        secondary: [Label] = [],
        notes: [String] = [],
        help: String? = nil,
        fixIt: FixIt? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.primary = Label(place, label)
        self.secondary = secondary
        self.notes = notes
        self.help = help
        self.fixIt = fixIt
    }
}
