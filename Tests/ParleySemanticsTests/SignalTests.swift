import ParleyDiagnostics
import Testing

/// Signals that are awaited, and those who give them.
@Suite struct SignalTests {
    private static let server = """
        server mx smtp on 127.0.0.1:auto {
            on noop => signal asked await answer within 10s 250
        }

        """

    @Test func `one that nothing gives is told at its place, and is no error`() throws {
        let text =
            Self.server + "test \"t\" {\n    start mx\n    await asked\n    signal anwser\n}\n"
        let (program, diagnostics) = check(text)
        #expect(program != nil)
        let told = try #require(diagnostics.first)
        #expect(diagnostics.count == 1)
        #expect(told.code == "script.name.signal")
        #expect(told.severity == .warning)
        #expect(told.message.contains("‘answer’"))
        #expect(told.help == "did you mean ‘anwser’?")
        let place = told.primary.place
        #expect(place.source.position(at: place.range.start).line == 2)
    }

    @Test(arguments: [
        ("await asked\nsignal answer", []),
        ("await asked\nsignal answer\nawait never within 1s", ["script.name.signal@8"]),
        // Whoever comes first: a signal that was given stays given.
        ("signal answer\nawait asked", []),
        (
            "signal answer\nawait own\nparallel {\n    step \"a\" {\n        signal own\n    }\n}",
            []
        ),
        // Names that are made at run time may be any.
        ("await asked\nfor name in [\"answer\"] {\n    signal ${name}\n}", []),
        ("signal answer\nlet name = \"asked\"\nawait ${name}", []),
    ])
    func `every way of giving one counts`(_ statements: String, _ codes: [String]) {
        let text =
            Self.server + "test \"t\" {\nstart mx\n" + statements
            + "\n}\n"
        let found = ParleySemanticsTests.codes(text)
        #expect(found == codes, "\(statements): \(found)")
    }

    @Test func `a file that others use may leave one to them`() {
        let library = "dialogue ready() {\n    await go\n}\n"
        #expect(codes(library).isEmpty)
        let use = "use \"lib.parley\"\ntest \"t\" {\n    do ready()\n}\n"
        #expect(codes(use, files: ["lib.parley": library]) == ["script.name.signal@2"])
        let giving = "use \"lib.parley\"\ntest \"t\" {\n    signal go\n    do ready()\n}\n"
        #expect(codes(giving, files: ["lib.parley": library]).isEmpty)
    }
}
