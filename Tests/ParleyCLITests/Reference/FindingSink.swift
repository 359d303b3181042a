import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import Synchronization

/// Keeps what a run found, so that a failed test can say why.
final class FindingSink: EventSink {
    private let found = Mutex<[String]>([])

    var wantsDialogue: Bool { false }

    var findings: [String] { found.withLock { $0 } }

    func receive(_ event: RunEvent) {
        switch event.kind {
        case .note(.found(let finding)) where event.test == nil:
            keep("the run", finding)
        case .testFinished(let result) where result.verdict >= .fail:
            for finding in result.findings { keep(result.info.title, finding) }
        default: break
        }
    }

    private func keep(_ title: String, _ finding: Finding) {
        let line =
            "\(title): \(finding.message) (\(finding.reason)) at \(finding.place.description)"
        found.withLock { $0.append(([line] + finding.notes).joined(separator: "\n  ")) }
    }
}
