import ParleyMachine

extension TestResult {
    /// The result of a test that `fails REASON`: it passes if the reason is that of its worst
    /// finding, and fails if it ended in any other way.
    func judged(expecting reason: String) -> TestResult {
        var judged = self
        let worst = findings.max { $0.verdict < $1.verdict }
        if verdict >= .fail, worst?.reason == reason {
            judged.verdict = .pass
            judged.failedAsExpected = true
            return judged
        }
        // An error of the script or of this machine says nothing about the expectation.
        guard verdict < .error else { return judged }
        let ended = worst.map { "it ended with \($0.reason)" } ?? "nothing failed"
        judged.verdict = .fail
        judged.findings.insert(
            Finding(
                verdict: .fail,
                reason: "assert.value",
                message: "expected to fail with \(reason), but \(ended)",
                place: info.place,
                help: "if the server has been mended, remove `fails \(reason)`"
            ),
            at: 0
        )
        return judged
    }
}
