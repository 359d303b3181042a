import ParleyDiagnostics
import ParleySyntax
import Testing

@Suite struct CorpusTests {
    @Test(arguments: scripts(in: "valid"))
    func `a valid script parses without a diagnostic`(_ name: String) throws {
        let (_, diagnostics) = assertParse(try script(name, in: "valid"))
        #expect(
            diagnostics.map { "\($0.primary.place.description) \($0.code) \($0.message)" } == []
        )
    }
}
