import Foundation
import ParleyDiagnostics
import ParleySyntax
import Testing

/// Golden renderings of erroneous scripts; set PARLEY_RECORD=1 to write them anew.
@Suite struct ErrorTests {
    static let isRecording = ProcessInfo.processInfo.environment["PARLEY_RECORD"] == "1"

    @Test(arguments: scripts(in: "errors"))
    func `an error is shown with its place, its reason and a way out`(_ name: String) throws {
        let diagnostics = try assertGolden(name, in: "errors")
        let id = String(name.dropLast(".parley".count))
        let problem = SyntaxProblem.allCases.filter { id.hasPrefix($0.rawValue) }
            .max { $0.rawValue.utf8.count < $1.rawValue.utf8.count }
        let codes = diagnostics.map(\.code)
        #expect(problem.map { codes.contains($0.code) } ?? false, "\(codes)")
    }

    @Test(arguments: scripts(in: "invalid"))
    func `all errors of a script are reported at once`(_ name: String) throws {
        let diagnostics = try assertGolden(name, in: "invalid")
        #expect(diagnostics.contains { $0.severity == .error })
    }

    @Test func `every problem has a script that shows it, and an explanation`() {
        let names = Set(scripts(in: "errors").map { String($0.dropLast(".parley".count)) })
        let generated: Set<SyntaxProblem> = [.tooDeep, .tooLarge]
        for problem in SyntaxProblem.allCases where !generated.contains(problem) {
            #expect(names.contains(problem.rawValue), "\(problem.rawValue)")
            #expect(!problem.explanation.isEmpty, "\(problem.rawValue)")
        }
    }

    private func assertGolden(_ name: String, in folder: String) throws -> [Diagnostic] {
        let source = try script(name, in: folder)
        let (_, diagnostics) = assertParse(source)
        assertFormat(source)
        let rendering = DiagnosticRenderer().render(diagnostics)
        let url = fixtures.appendingPathComponent(folder)
            .appendingPathComponent(name.replacingOccurrences(of: ".parley", with: ".expected"))
        if Self.isRecording {
            try Data(rendering.utf8).write(to: url)
        }
        let expected = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        #expect(rendering == expected)
        return diagnostics
    }
}
