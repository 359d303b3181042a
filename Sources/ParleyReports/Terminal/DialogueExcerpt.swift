import ParleyEngine
import ParleyMachine

/// The end of the dialogue that explains a finding:
///
/// ```
///   ├ smtp 198.51.100.7:587 TLSv1.3
///   │ 0.412 C EHLO probe.example.org
///   │ 0.431 S 250-SIZE 10240000           ◄
/// ```
struct DialogueExcerpt {
    let dialogue: Dialogue
    /// The findings that it explains; what the last of them is about is marked.
    let findings: [Finding]
    let canvas: TextCanvas

    private static let lineLimit = 8

    func lines(edge: String) -> [String] {
        let marked = findings.lazy.reversed().compactMap(mark).first
        var window = max(0, dialogue.lines.count - Self.lineLimit)..<dialogue.lines.count
        if let marked, marked < window.lowerBound {
            let start = max(0, marked - Self.lineLimit + 3)
            window = start..<min(dialogue.lines.count, start + Self.lineLimit)
        }
        let ink = canvas.ink
        var lines = [ink("\(edge)├ ", .dim) + heading]
        for index in window {
            lines.append(
                ink("\(edge)│ ", .dim) + text(of: dialogue.lines[index], isMarked: index == marked)
            )
        }
        let later = dialogue.lines.count - window.upperBound
        if later > 0 {
            lines.append(ink("\(edge)│ … \(later) more \(later == 1 ? "line" : "lines")", .dim))
        }
        return lines
    }

    private var heading: String {
        let session = dialogue.session
        var words = [session.protocolName]
        if session.label != session.protocolName { words.insert("\(session.label):", at: 0) }
        words.append(dialogue.peer.isEmpty ? "\(session.target) (not connected)" : dialogue.peer)
        if let tls = dialogue.tls {
            words.append(tls.version)
            if !tls.isVerified { words.append("not verified") }
        }
        return canvas.safe(words.joined(separator: " "))
    }

    private func text(of line: Dialogue.Line, isMarked: Bool) -> String {
        let stamp = TimeText.stamp(line.time)
        let tail = line.isComplete || line.speaker == .event ? "" : " (no line end)"
        let room = max(20, canvas.style.columns - stamp.utf8.count - 10 - tail.utf8.count)
        let said = canvas.cut(canvas.safe(line.text), to: room) + tail
        let plain = "\(line.speaker.rawValue) \(said)"
        let ink = canvas.ink
        switch (isMarked, line.speaker) {
        case (true, _):
            // The mark stands in a column of its own where there is room for that.
            let gap = max(2, 36 - canvas.width(plain) - stamp.utf8.count)
            return ink(stamp, .dim) + " " + ink(plain, .bold) + String(repeating: " ", count: gap)
                + ink("◄", .bad)
        case (false, .event): return ink("\(stamp) \(plain)", .dim)
        case (false, _): return ink(stamp, .dim) + " " + plain
        }
    }

    /// The line that matters for a finding: the one that its nearest match or its sentence quotes;
    /// else, where a reply or the connection's end is at fault, the last one that could be meant.
    private func mark(_ finding: Finding) -> Int? {
        let indices = dialogue.lines.indices.reversed()
        let texts = [finding.nearest, finding.message].compactMap { $0 }
        for (number, quoted) in texts.enumerated() {
            let match = indices.first { index in
                let line = dialogue.lines[index]
                guard line.speaker == .server else { return false }
                let said = String(decoding: line.text.prefix(200), as: UTF8.self)
                let text = said.dropFirst(4)
                if number == 0 { return said.contains(quoted) }
                return text.isEmpty
                    ? false : quoted.contains(text) && quoted.contains(said.prefix(3))
            }
            if let match { return match }
        }
        let last = finding.reason.split(separator: ".").last ?? ""
        guard !finding.reason.hasPrefix("assert.") else { return nil }
        if finding.reason.hasPrefix("time.") || finding.reason.hasPrefix("run.") {
            // What is waited for is the answer to what was said last.
            return indices.first { dialogue.lines[$0].speaker == .client }
        }
        switch last {
        // Nothing was said after that: the close came where the dialogue ends.
        case "closed", "reset": return indices.first
        case "timeout": return indices.first { dialogue.lines[$0].speaker == .client }
        default: return indices.first { dialogue.lines[$0].speaker == .server }
        }
    }
}
