import Foundation
import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyWire

/// Parses and checks a script as `parley run` and `parley lint` do.
struct FrontEnd {
    let program: CheckedProgram?
    let diagnostics: [Diagnostic]

    /// Files that the script uses are looked up in its folder.
    init(_ text: String, name: String, folder: URL) {
        let (tree, problems) = Parser.parse(SourceText(name: name, text))
        var found = problems
        let (program, further) = Checker.check(tree, registry: Protocols.registry) { path, _ in
            let file = folder.appending(path: path)
            guard let text = try? String(contentsOf: file, encoding: .utf8) else {
                return .failure(LoadFailure("there is no such file"))
            }
            let (tree, problems) = Parser.parse(SourceText(name: path, text))
            found += problems
            return .success(tree)
        }
        diagnostics = found + further
        self.program = diagnostics.contains { $0.severity == .error } ? nil : program
    }

    /// All that is wrong, as a terminal shows it.
    var rendered: String { DiagnosticRenderer().render(diagnostics) }

    /// The codes of the errors.
    var errorCodes: Set<String> {
        Set(diagnostics.filter { $0.severity == .error }.map(\.code))
    }
}
