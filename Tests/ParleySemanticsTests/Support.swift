import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyWire
import Testing

/// A script, parsed and checked; `files` are what it may `use`.
func check(
    _ text: String,
    files: [String: String] = [:]
) -> (program: CheckedProgram?, diagnostics: [Diagnostic]) {
    let (tree, problems) = Parser.parse(SourceText(name: "test.parley", text))
    let result = Checker.check(tree, registry: Protocols.registry) { path, _ in
        guard let text = files[path] else { return .failure(LoadFailure("there is no such file")) }
        return .success(Parser.parse(SourceText(name: path, text)).tree)
    }
    return (result.program, problems + result.diagnostics)
}

/// `CODE@line: message` of every diagnostic.
func complaints(_ text: String, files: [String: String] = [:]) -> [String] {
    check(text, files: files).diagnostics.map { diagnostic in
        let place = diagnostic.primary.place
        let line = place.source.position(at: place.range.start).line
        return "\(diagnostic.code)@\(line): \(diagnostic.message)"
    }
}

/// The codes with their lines only.
func codes(_ text: String, files: [String: String] = [:]) -> [String] {
    check(text, files: files).diagnostics.map { diagnostic in
        let place = diagnostic.primary.place
        return "\(diagnostic.code)@\(place.source.position(at: place.range.start).line)"
    }
}

/// The statements of a test's body, which must check.
func body(_ statements: String) throws -> [CheckedStatement] {
    let (program, diagnostics) = check("test \"t\" {\n\(statements)\n}\n")
    #expect(diagnostics.map(\.message) == [])
    return try #require(program).tests[0].body.statements
}

/// What the checker says of statements inside a test, the first of which is on line 1.
func complaintsInTest(_ statements: String) -> [String] {
    codes("test \"t\" { # \n\(statements)\n}\n").map { code in
        let parts = code.split(separator: "@")
        return "\(parts[0])@\((Int(parts[1]) ?? 0) - 1)"
    }
}
