import ParleyDiagnostics
import ParleyEngine
import ParleyReports
import ParleyWire
import Synchronization

/// Looks for secrets in all that leaves a run: its events, and what reports make of them.
enum Leaks {
    /// Where any form of a secret turns up; empty if nowhere.
    static func find(_ secret: String, in run: Outcome) -> [String] {
        let forms = secretForms(of: Array(secret.utf8))
        var found: [String] = []
        func look(_ octets: [UInt8], _ where: @autoclosure () -> String) {
            for form in forms where contains(octets, form) {
                let text = String(decoding: octets.prefix(300), as: UTF8.self)
                found.append("\(`where`()): \(text)")
                return
            }
        }
        for event in run.events {
            for octets in texts(of: event.kind) {
                look(octets, "event \(String("\(event.kind)".prefix(60)))")
            }
        }
        for (name, text) in reports(of: run) { look(Array(text.utf8), "report \(name)") }
        return found
    }

    /// Whether some octets stand among others.
    static func contains(_ octets: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, octets.count >= part.count else { return false }
        for start in 0...(octets.count - part.count)
        where octets[start] == first && octets[start..<(start + part.count)].elementsEqual(part) {
            return true
        }
        return false
    }

    /// Every report of the run, in its most talkative form.
    static func reports(of run: Outcome) -> [(String, String)] {
        ReportFormat.all.map { format in
            var style = ReportStyle()
            style.isVerbose = true
            style.showsTrace = true
            let output = Output()
            var report = format.make(style) { text in output.text.withLock { $0 += text } }
            for event in run.events { report.receive(event) }
            report.finish()
            return (format.name, output.text.withLock { $0 })
        }
    }

    /// Every text and all octets of a value, however deep; not the script's own source.
    private static func texts(of value: Any) -> [[UInt8]] {
        switch value {
        case let text as String: return [Array(text.utf8)]
        case let octets as [UInt8]: return [octets]
        case is SourceText: return []
        default: return Mirror(reflecting: value).children.flatMap { texts(of: $0.value) }
        }
    }
}

private final class Output: Sendable {
    let text = Mutex("")
}
