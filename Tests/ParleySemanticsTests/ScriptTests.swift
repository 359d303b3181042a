import Foundation
import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyWire
import Testing

/// The project's own scripts are free of errors.
@Suite struct ScriptTests {
    @Test(arguments: ["tour.parley", "suites/hostile.parley", "suites/postfix.parley"])
    func theProjectsScriptsCheck(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../scripts").standardizedFileURL
        let url = folder.appending(path: name)
        let source = SourceText(name: name, bytes: Array(try Data(contentsOf: url)))
        let (tree, problems) = Parser.parse(source)
        let (program, diagnostics) = Checker.check(tree, registry: Protocols.registry) { path, _ in
            let url = url.deletingLastPathComponent().appending(path: path)
            guard let data = try? Data(contentsOf: url) else {
                return .failure(LoadFailure("there is no such file"))
            }
            return .success(Parser.parse(SourceText(name: path, bytes: Array(data))).tree)
        }
        let errors = (problems + diagnostics).map { diagnostic in
            "\(diagnostic.primary.place.description): \(diagnostic.message)"
        }
        #expect(errors == [])
        #expect(program != nil)
    }
}
