public import ParleyEngine
public import ParleyMachine

/// Findings and dialogues line by line, for whoever talks to a server by hand.
public struct LiveText: Sendable {
    private let canvas: TextCanvas
    private var trace: TraceText

    /// Texts in a style.
    public init(style: ReportStyle) {
        canvas = TextCanvas(style: style)
        trace = TraceText(canvas: canvas)
    }

    /// The lines that an event adds, with the session's clock; none for most.
    public mutating func lines(for event: RunEvent) -> [String] {
        trace.lines(for: event).map(canvas.finished)
    }

    /// A finding with all that explains it: the sentence and its reason, the values under the
    /// statement, what to do.
    ///
    /// - Parameter dialogues: what was said, by session, where it has not been shown already.
    public func lines(of finding: Finding, dialogues: [Int: Dialogue] = [:]) -> [String] {
        FindingText.lines(of: finding, canvas, dialogues: dialogues).map(canvas.finished)
    }

    /// A duration as reports write it: `412ms`, `2.41s`.
    public func duration(_ nanoseconds: Int64) -> String { TimeText.duration(nanoseconds) }

    /// How many cells of the terminal a text takes.
    public func width(_ text: String) -> Int { canvas.width(text) }

    /// Our own sentences on lines that fit the terminal, indented.
    public func wrap(_ text: String, indent: Int = 0) -> [String] {
        let room = max(30, canvas.style.textColumns - indent)
        let gap = String(repeating: " ", count: indent)
        return canvas.wrap(canvas.safe(text), to: room, lines: 40).map { gap + canvas.finished($0) }
    }

    /// Text of peers, scripts or files, fit for the terminal: one line, controls written out.
    public func safe(_ text: String) -> String { canvas.finished(canvas.safe(text)) }

    /// Text of our own in a colour of its meaning.
    public func dim(_ text: String) -> String { canvas.ink(canvas.finished(text), .dim) }

    /// Text that stands out.
    public func bold(_ text: String) -> String { canvas.ink(canvas.finished(text), .bold) }

    /// What is as it should be.
    public func good(_ text: String) -> String { canvas.ink(canvas.finished(text), .good) }

    /// What is not.
    public func bad(_ text: String) -> String { canvas.ink(canvas.finished(text), .bad) }

    /// What deserves a look.
    public func warning(_ text: String) -> String { canvas.ink(canvas.finished(text), .warning) }
}
