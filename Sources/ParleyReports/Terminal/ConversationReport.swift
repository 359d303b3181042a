public import ParleyEngine
import ParleyMachine

/// What a conversation showed besides its lines.
public struct ConversationFacts: Sendable {
    /// Whom one spoke to last: `192.0.2.1:25`.
    public var peer: String?
    /// The latest handshake.
    public var tls: TLSInfo?
    /// What the script logged, line by line; the first ten thousand.
    public var logged: [String] = []
}

/// The report of one conversation: every line as it happens, then the verdict and a paragraph.
///
/// ```
///   0.004 smtp     S 220 mx.example.net ESMTP
///   0.004 smtp     C EHLO probe.example.org
///
/// FAIL RCPT: expected 2xx, got 550 5.1.1 User unknown                        smtp.reply  22ms
/// ```
public struct ConversationReport: Report {
    private let canvas: TextCanvas
    private let conclusion: @Sendable (TestResult, ConversationFacts) -> String
    private let output: @Sendable (String) -> Void
    private var trace: TraceText
    private var facts = ConversationFacts()
    /// What the test came to; told when the farewells are said.
    private var result: TestResult?

    /// A report that writes through `output`.
    ///
    /// - Parameter conclusion: the paragraph below the verdict, from the result and the facts.
    public init(
        style: ReportStyle,
        conclusion: @escaping @Sendable (TestResult, ConversationFacts) -> String,
        output: @escaping @Sendable (String) -> Void
    ) {
        canvas = TextCanvas(style: style)
        trace = TraceText(canvas: canvas)
        self.conclusion = conclusion
        self.output = output
    }

    /// With the trace.
    public var wantsDialogue: Bool { canvas.style.showsTrace }

    /// Writes what the event adds.
    public mutating func receive(_ event: RunEvent) {
        let lines = wantsDialogue ? trace.lines(for: event) : []
        switch event.kind {
        case .testStarted, .note(.stepStarted): break
        case .note(.found(let finding)) where event.test == nil:
            write(FindingText.lines(of: finding, canvas))
        case .note(.logged(let text)):
            if facts.logged.count < 10_000 { facts.logged.append(text) }
            write(["  " + canvas.safe(text)])
        case .connected(_, let peer, _):
            facts.peer = peer
            write(lines)
        case .secured(_, let tls, _):
            facts.tls = tls
            write(lines)
        case .testFinished(let result): self.result = result
        case .runFinished(let summary):
            if let result { write([""] + tell(result)) }
            guard summary.wasInterrupted else { return }
            write([canvas.ink("interrupted; what stands above is all that happened", .warning)])
        default: write(lines)
        }
    }

    private func tell(_ result: TestResult) -> [String] {
        let findings = FindingText(result: result, canvas: canvas)
        let decisive = findings.decisive
        let word = VerdictText.word(result.verdict)
        let title = decisive?.message ?? result.info.title
        let tail = [decisive?.reason ?? "", TimeText.duration(result.took)]
            .filter { !$0.isEmpty }.joined(separator: "  ")
        let room = canvas.style.textColumns - word.utf8.count - tail.utf8.count - 3
        let wrapped = canvas.wrap(canvas.safe(title), to: max(40, room), lines: 8)
        let first = wrapped.first ?? ""
        var lines = [
            canvas.spread(
                canvas.ink(word, VerdictText.tint(result.verdict)) + " " + canvas.ink(first, .bold),
                canvas.ink(tail, decisive == nil ? .dim : .bad),
                leftWidth: word.utf8.count + 1 + canvas.width(first),
                rightWidth: tail.utf8.count
            )
        ]
        let indent = String(repeating: " ", count: word.utf8.count + 1)
        lines += wrapped.dropFirst().map { indent + canvas.ink($0, .bold) }
        lines += paragraph(conclusion(result, facts))
        if let help = decisive?.help { lines += paragraph("= help: \(help)") }
        for note in decisive?.notes.prefix(8) ?? [] { lines += paragraph("= note: \(note)") }
        for finding in result.findings where finding.verdict == .warn && decisive?.verdict != .warn
        {
            lines += paragraph(
                "= \(VerdictText.word(.warn)): \(finding.message) (\(finding.reason))"
            )
        }
        return lines
    }

    private func paragraph(_ text: String) -> [String] {
        canvas.wrap(canvas.safe(text), to: canvas.style.textColumns - 2, lines: 12)
            .map { "  " + $0 }
    }

    private func write(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        output(lines.map { canvas.finished($0) + "\n" }.joined())
    }
}
