import ParleyMachine

/// The exit code of a run, from its verdicts and reasons.
///
/// | code | meaning |
/// | --- | --- |
/// | 0 | all passed, warnings allowed |
/// | 1 | a test failed, an unreachable target included |
/// | 2 | the script or the command line is wrong |
/// | 3 | could not run here; the target is not accused |
/// | 70 | a defect in Parley |
/// | 130 | interrupted |
///
/// Precedence: 70, 130, 2, 1, 3, 0.
struct ExitCode: Sendable {
    var isInterrupted = false
    private var hasDefect = false
    private var hasScriptError = false
    private var hasFailure = false
    private var hasLocalError = false

    /// Takes a finding into account.
    mutating func add(_ finding: Finding) {
        guard finding.verdict >= .fail else { return }
        if finding.reason == "script.driver" {
            hasDefect = true
        } else if finding.reason == "run.interrupted" {
            isInterrupted = true
        } else if finding.reason.hasPrefix("script.") {
            hasScriptError = true
        } else if finding.reason.hasPrefix("local.") {
            hasLocalError = true
        } else {
            hasFailure = true
        }
    }

    /// Takes a test's result into account.
    mutating func add(_ result: TestResult) {
        guard result.verdict >= .fail else { return }
        let grave = result.findings.filter { $0.verdict >= .fail }
        for finding in grave { add(finding) }
        if grave.isEmpty { hasFailure = true }
    }

    /// The code.
    var code: Int32 {
        if hasDefect { return 70 }
        if isInterrupted { return 130 }
        if hasScriptError { return 2 }
        if hasFailure { return 1 }
        return hasLocalError ? 3 : 0
    }
}

extension TestResult {
    /// Whether another attempt can come to another verdict: never after mistakes of the script, of
    /// this machine, or of the credentials, which a retry would only get locked out.
    var mayBeRetried: Bool {
        !findings.contains { finding in
            finding.verdict >= .fail
                && ["script.", "local.", "auth."].contains { finding.reason.hasPrefix($0) }
        }
    }
}
