import ParleyMachine

/// The words and colours of verdicts.
enum VerdictText {
    /// Loud where somebody has to look.
    static func word(_ verdict: Verdict) -> String {
        switch verdict {
        case .pass: "pass"
        case .warn: "WARN"
        case .skip: "skip"
        case .flaky: "FLAKY"
        case .fail: "FAIL"
        case .error: "ERROR"
        }
    }

    static func tint(_ verdict: Verdict) -> Ink.Tint {
        switch verdict {
        case .pass: .good
        case .warn, .flaky: .warning
        case .skip: .dim
        case .fail, .error: .bad
        }
    }

    /// How the summary counts them.
    static func past(_ verdict: Verdict) -> String {
        switch verdict {
        case .pass: "passed"
        case .warn: "with warnings"
        case .skip: "skipped"
        case .flaky: "flaky"
        case .fail: "failed"
        case .error: "in error"
        }
    }
}
