import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

/// The state of one check. Its parts are extensions, one file per part of the language.
final class Checking {
    let registry: ProtocolRegistry
    let loader: Checker.Loader

    var program: CheckedProgram
    /// The file whose statements are being checked; a dialogue is checked in its own.
    var source: SourceText
    var scope: Scope
    var frame = Frame()
    var flow = Flow()
    /// The dialogues being written out, outermost first.
    var calls: [Call] = []
    /// Files read so far, by name.
    var files: [String: FileUnit] = [:]
    /// Files being read, to find circles.
    var reading: [String] = []
    /// Files that are used, whose servers are checked once all names are known.
    var fileServersOfUse: [(tree: SyntaxTree, scope: Scope)] = []
    /// The signals that are given and awaited so far.
    var signals = Signals()
    /// How many dialogues have been written out; bounded, since two calls in each of thirty
    /// dialogues would be a thousand million.
    var callCount = 0

    /// Whether the innermost call is no call but a check of the dialogue alone.
    var callsAreSilent = false

    /// Whether a name may be bound again: in a conversation that is typed.
    var allowsRebinding = false

    /// Takes down names as they are resolved, for an editor.
    var notes: NameNotes?
    /// Takes down what each place sees, for an editor.
    let surveyor: Surveyor?
    /// Where the run may stop, if it is to be debugged.
    var stops: StopTable?

    private var diagnostics: [Diagnostic] = []
    private var seen: Set<String> = []
    private var muted = 0

    init(
        _ source: SourceText,
        registry: ProtocolRegistry,
        surveyor: Surveyor? = nil,
        loader: @escaping Checker.Loader
    ) {
        self.registry = registry
        self.loader = loader
        self.source = source
        program = CheckedProgram(sources: [source])
        self.surveyor = surveyor
        scope = Scope(parent: nil, clock: surveyor?.clock)
    }

    /// Begins anew with reporting.
    func forgetDiagnostics() {
        diagnostics = []
        seen = []
    }

    /// A dialogue that is being written out.
    struct Call {
        var dialogue: DialogueUnit
        var place: SourcePlace
    }

    /// All diagnostics, by file in the order of reading and then by place.
    var sortedDiagnostics: [Diagnostic] {
        let order = Dictionary(
            program.sources.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return diagnostics.enumerated().sorted { left, right in
            let (a, b) = (left.element.primary.place, right.element.primary.place)
            let (fileA, fileB) = (order[a.source.name] ?? 0, order[b.source.name] ?? 0)
            return (fileA, a.range.start, left.offset) < (fileB, b.range.start, right.offset)
        }
        .map(\.element)
    }

    func place(_ range: SourceRange) -> SourcePlace { SourcePlace(source, range) }

    /// Reports something once; a dialogue that is done three times is wrong once.
    func report(
        _ code: DiagnosticCode,
        _ message: String,
        at range: SourceRange,
        label: String = "",
        severity: Diagnostic.Severity = .error,
        secondary: [Diagnostic.Label] = [],
        notes: [String] = [],
        help: String? = nil,
        fixIt: Diagnostic.FixIt? = nil
    ) {
        guard muted == 0 else { return }
        let key = "\(source.name)\u{0}\(range.start)\u{0}\(range.end)\u{0}\(code.rawValue)"
        guard seen.insert(key).inserted else { return }
        var secondary = secondary
        if let call = calls.last, !callsAreSilent {
            secondary.append(
                Diagnostic.Label(call.place, "‘\(call.dialogue.name)’ is done here")
            )
        }
        diagnostics.append(
            Diagnostic(
                code.rawValue,
                message,
                at: place(range),
                label: label,
                severity: severity,
                secondary: secondary,
                notes: notes,
                help: help,
                fixIt: fixIt
            )
        )
    }

    /// Says "not yet" to a form that the grammar reserves.
    func reportReserved(_ what: String, at range: SourceRange, help: String? = nil) {
        report(
            .reserved,
            "\(what) is not carried out yet",
            at: range,
            label: "comes with a later version",
            help: help
        )
    }

    /// Checks without reporting: what follows from an error that has been reported.
    func silently<Value>(_ body: () -> Value) -> Value {
        muted += 1
        defer { muted -= 1 }
        return body()
    }

    /// `did you mean ‘x’?`, if there is a near one.
    func suggestion(_ word: String, _ candidates: some Sequence<String>) -> String? {
        Suggestion.nearest(to: word, among: candidates).map { "did you mean ‘\($0)’?" }
    }
}
