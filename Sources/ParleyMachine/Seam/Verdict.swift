public import ParleyDiagnostics
public import ParleyTLS

/// What a test or a step came to. The worst of its notes decides.
public enum Verdict: String, Sendable, Comparable, CaseIterable {
    /// Everything held.
    case pass
    /// Something softened failed, or the script warned.
    case warn
    /// The script said `skip`, and nothing failed.
    case skip
    /// A retry passed after a failure.
    case flaky
    /// The target did not do what the script demands.
    case fail
    /// The script or this machine is at fault, or the target could not be judged.
    case error

    /// Orders by gravity.
    public static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .pass: 0
        case .skip: 1
        case .warn: 2
        case .flaky: 3
        case .fail: 4
        case .error: 5
        }
    }
}

/// One thing that is not as it should be: the material of a report.
public struct Finding: Sendable {
    /// `warn`, `fail`, `error` or `skip`.
    public var verdict: Verdict
    /// The dotted reason: `assert.value`, `smtp.reply`, `net.refused`.
    public var reason: String
    /// The stage at which it arose: `RCPT`, `banner`; empty for judgements of values.
    public var stage: String
    /// The leading sentence, without a full stop: `RCPT: expected 250, got 550 5.1.1 User unknown`.
    /// Peer text in it is raw; renderers make it safe.
    public var message: String
    /// Where in the script.
    public var place: SourcePlace
    /// Values of sub-expressions to show under the source line: where, and what. Redacted.
    public var values: [ShownValue]
    /// The nearest thing that did match: `SIZE 10240000`.
    public var nearest: String?
    /// Further facts: which limit fired and who set it, the octets held so far, where a dialogue
    /// was called from.
    public var notes: [String]
    /// What to do.
    public var help: String?
    /// The session whose dialogue explains it; ``SessionHandle/id``.
    public var session: Int?
    /// The titles of the steps around it, outermost first.
    public var steps: [String]
    /// The certificates of a handshake that failed, the peer's own first.
    public var certificates: [Certificate] = []

    /// A finding.
    public init(
        verdict: Verdict,
        reason: String,
        stage: String = "",
        message: String,
        place: SourcePlace,
        values: [ShownValue] = [],
        nearest: String? = nil,
        notes: [String] = [],
        help: String? = nil,
        session: Int? = nil,
        steps: [String] = []
    ) {
        self.verdict = verdict
        self.reason = reason
        self.stage = stage
        self.message = message
        self.place = place
        self.values = values
        self.nearest = nearest
        self.notes = notes
        self.help = help
        self.session = session
        self.steps = steps
    }
}

/// A value under a source line.
public struct ShownValue: Sendable {
    /// The octet of the source below which it is shown.
    public var anchor: Int
    /// The value as a person wants to read it, redacted, at most a line.
    public var text: String

    /// A value at a place.
    public init(anchor: Int, text: String) {
        self.anchor = anchor
        self.text = text
    }
}

/// How a fiber ended.
public struct FiberOutcome: Sendable {
    /// The worst of the findings.
    public var verdict: Verdict
    /// What was found, in order.
    public var findings: [Finding]
    /// Whether a fatal failure or `skip` ended it before its last statement.
    public var endedEarly: Bool

    /// An outcome.
    public init(verdict: Verdict, findings: [Finding], endedEarly: Bool) {
        self.verdict = verdict
        self.findings = findings
        self.endedEarly = endedEarly
    }
}

/// Something a fiber tells while it runs; the driver adds time and identity and publishes it.
public enum FiberNote: Sendable {
    /// A step begins.
    case stepStarted(title: String)
    /// The innermost step ended.
    case stepFinished(title: String, Verdict)
    /// An `expect`, `require` or `=>` held.
    case held(SourcePlace)
    /// One did not, or something else is wrong.
    indirect case found(Finding)
    /// A measure: nanoseconds, octets or a plain number.
    indirect case measured(name: String, value: Double, unit: String, Verdict)
    /// `log`.
    case logged(String)
    /// A round of `eventually` did not hold; those that follow replace it.
    indirect case retrying(round: Int, Finding?)
}
