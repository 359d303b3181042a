import ParleyEngine
import ParleyMachine

/// What a run came to.
struct Outcome {
    let events: [RunEvent]
    let summary: RunSummary

    /// The final results, in the order in which the tests ended.
    var results: [TestResult] {
        events.compactMap { event in
            if case .testFinished(let result) = event.kind { result } else { nil }
        }
    }

    /// The verdicts, in the same order.
    var verdicts: [Verdict] { results.map(\.verdict) }

    /// The result of the only test.
    var verdict: Verdict? { results.count == 1 ? results.first?.verdict : nil }

    /// All findings of all tests.
    var findings: [Finding] { results.flatMap(\.findings) }

    /// The findings that fail.
    var failures: [Finding] { findings.filter { $0.verdict >= .fail } }

    /// The reason of the worst finding.
    var reason: String? { failures.first?.reason }

    /// The stage of the worst finding.
    var stage: String? { failures.first?.stage }

    /// Its sentence.
    var message: String? { failures.first?.message }

    /// Its further facts, on one line each.
    var notes: String { failures.first?.notes.joined(separator: "\n") ?? "" }

    /// Findings of the run itself: inputs that could not be loaded.
    var runFindings: [Finding] {
        events.compactMap { event in
            guard event.test == nil, case .note(.found(let finding)) = event.kind else {
                return nil
            }
            return finding
        }
    }

    /// What `log` said.
    var logged: [String] {
        events.compactMap { event in
            if case .note(.logged(let text)) = event.kind { text } else { nil }
        }
    }

    /// What went out, line by line.
    var sent: [String] {
        events.flatMap { event -> [String] in
            guard case .sent(_, let octets) = event.kind else { return [] }
            let text = String(decoding: octets, as: UTF8.self)
            return text.split(separator: "\r\n").map { String($0) }
        }
    }

    /// How sessions ended.
    var endings: [String] {
        events.compactMap { event in
            if case .closed(_, let how) = event.kind { how } else { nil }
        }
    }

    /// How many sessions were begun.
    var connections: Int {
        events.count { event in
            if case .connecting = event.kind { true } else { false }
        }
    }

    /// When the last test ended, in virtual seconds of the run.
    var seconds: Double {
        let ends = events.compactMap { event -> Int64? in
            if case .testFinished = event.kind { event.time } else { nil }
        }
        return Double(ends.max() ?? 0) / 1e9
    }
}
