import Foundation
import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyWire
import Testing

/// Golden renderings of scripts with errors; set PARLEY_RECORD=1 to write them anew.
@Suite struct GoldenTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/errors")

    static var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".parley") }.map { String($0.dropLast(7)) }.sorted()
    }

    @Test(arguments: names)
    func errorsAreToldAsBefore(_ name: String) throws {
        let script = Self.folder.appending(path: "\(name).parley")
        let golden = Self.folder.appending(path: "\(name).expected")
        let source = SourceText(name: "\(name).parley", bytes: Array(try Data(contentsOf: script)))
        let (tree, problems) = Parser.parse(source)
        let (program, diagnostics) = Checker.check(tree, registry: Protocols.registry)
        #expect(program == nil)
        let rendering = DiagnosticRenderer().render(problems + diagnostics)
        if ProcessInfo.processInfo.environment["PARLEY_RECORD"] == "1" {
            try Data(rendering.utf8).write(to: golden)
        }
        #expect(rendering == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
    }

    @Test func thereAreScriptsToTest() {
        #expect(Self.names.count >= 10)
    }
}
