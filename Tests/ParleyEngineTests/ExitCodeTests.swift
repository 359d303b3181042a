import ParleyDiagnostics
import ParleyMachine
import Testing

@testable import ParleyEngine

@Suite("The exit code")
struct ExitCodeTests {
    private func code(_ reasons: [String], interrupted: Bool = false) -> Int32 {
        var exit = ExitCode()
        for reason in reasons {
            exit.add(
                Finding(
                    verdict: .error,
                    reason: reason,
                    message: "",
                    place: SourcePlace(SourceText(name: "t", ""), SourceRange(0, 0))
                )
            )
        }
        exit.isInterrupted = interrupted
        return exit.code
    }

    @Test("of a defect is 70, whatever else happened")
    func defect() {
        #expect(code(["script.driver"]) == 70)
        #expect(code(["script.value", "script.driver", "smtp.reply"], interrupted: true) == 70)
    }

    @Test("is that of the gravest reason")
    func precedence() {
        #expect(code([]) == 0)
        #expect(code(["local.file"]) == 3)
        #expect(code(["local.file", "smtp.reply"]) == 1)
        #expect(code(["local.file", "smtp.reply", "script.value"]) == 2)
        #expect(code(["script.value"], interrupted: true) == 130)
    }
}
