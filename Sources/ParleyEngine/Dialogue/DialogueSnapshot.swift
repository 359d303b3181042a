/// The end of a dialogue at one moment. Taking it costs next to nothing, so that every finding may;
/// lines are cut and secrets scrubbed once, when the report is made.
struct DialogueSnapshot {
    var session: SessionInfo
    var peer: String
    var tls: TLSInfo?
    var entries: Transcript
    /// What had arrived that formed nothing whole.
    var held: [UInt8]
    /// Nanoseconds since the session began to connect.
    var time: Int64

    /// How many lines of what was held are shown.
    private static let heldLines = 8

    /// The dialogue without any secret.
    func dialogue(scrubbedBy redactor: Redactor) -> Dialogue {
        var lines = entries.lines(scrubbedBy: redactor)
        if !held.isEmpty {
            let clean = redactor.scrub(held, isPart: true)
            let rest = clean.split(separator: 0x0A, omittingEmptySubsequences: true)
            let partial = clean.last == 0x0A ? rest.endIndex : rest.endIndex - 1
            for (index, line) in zip(rest.indices, rest).suffix(Self.heldLines) {
                let text = line.last == 0x0D ? line.dropLast() : line
                lines.append(
                    Dialogue.Line(
                        time: time,
                        speaker: .server,
                        text: Array(text),
                        isComplete: index < partial
                    )
                )
            }
        }
        return Dialogue(
            session: session,
            peer: peer,
            tls: tls,
            lines: lines,
            dropped: entries.dropped
        )
    }
}
