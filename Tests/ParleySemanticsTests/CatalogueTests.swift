import Foundation
import ParleySemantics
import Testing

@Suite struct CatalogueTests {
    @Test func everyCodeHasAnExplanation() {
        #expect(DiagnosticCatalogue.entries.allSatisfy { $0.explanation.count > 40 })
        let codes = DiagnosticCatalogue.entries.map(\.code)
        #expect(Set(codes).count == codes.count)
        #expect(DiagnosticCatalogue.explanation(of: "script.name.unknown") != nil)
    }

    @Test func everyCodeInTheSourcesIsInTheCatalogue() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/ParleySemantics").standardizedFileURL
        let files = try #require(FileManager.default.enumerator(atPath: root.path))
        let known = Set(DiagnosticCatalogue.entries.map(\.code))
        let pattern = /"((?:script|lint)\.[a-z.-]+[a-z])"/
        var rules = 0
        for case let file as String in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
            for match in text.matches(of: pattern) {
                #expect(known.contains(String(match.1)), "\(file): \(match.1)")
            }
            if file.contains("Lint/Rules/") { rules += 1 }
        }
        #expect(rules == known.filter { $0.hasPrefix("lint.") }.count, "a rule is not registered")
    }

    @Test func everyFieldOfTheTablesHasHelp() {
        let kinds: [Kind] = [
            .reply, .tls, .certificate, .capabilities, .server, .endpoint, .log, .list(.int),
            .string,
        ]
        #expect(kinds.allSatisfy { !KindFields.rows(of: $0).isEmpty })
        #expect(BuiltinSignatures.all.allSatisfy { !$0.help.isEmpty })
    }
}
