import ParleyDiagnostics
import ParleyEngine

/// `FILE:LINE`, where a run is to stop.
struct BreakpointArgument {
    let file: String
    let line: Int

    /// Reads `FILE:LINE`; a line alone is one of `file`.
    init?(_ text: String, file: String? = nil) {
        if let file, let line = Int(text), line > 0 {
            (self.file, self.line) = (file, line)
            return
        }
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
            let line = Int(text[text.index(after: colon)...]), line > 0
        else { return nil }
        (self.file, self.line) = (String(text[..<colon]), line)
    }

    /// Sets it; what to tell of that, and whether there is a statement at all.
    func set(in debugger: Debugger) -> (message: String, isSet: Bool) {
        let name = DisplayText.safe(file)
        guard let nearest = debugger.stop(at: line, of: file) else {
            return ("\(name):\(line): no statement of a test stands there or behind", false)
        }
        guard nearest != line else { return ("stops at \(name):\(line)", true) }
        return ("no statement begins at \(name):\(line); stops at \(name):\(nearest)", true)
    }
}
