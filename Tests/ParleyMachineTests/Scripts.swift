import ParleyDiagnostics
import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleySyntax
import ParleyWire
import Testing

/// A script that was compiled, ready to run on a fake driver.
struct Compiled {
    var program: CompiledProgram
    var context: FiberContext
    let source: SourceText

    /// Compiles a whole script; complaints of parser and checker fail the test.
    init(_ text: String, location: SourceLocation = #_sourceLocation) throws {
        source = SourceText(name: "t.parley", text)
        let (tree, complaints) = Parser.parse(source)
        let (checked, diagnostics) = Checker.check(tree, registry: Protocols.registry)
        let all = (complaints + diagnostics).filter { $0.severity == .error }
        for diagnostic in all {
            Issue.record("\(diagnostic.code): \(diagnostic.message)", sourceLocation: location)
        }
        let whole = try #require(checked, sourceLocation: location)
        program = Compiler.compile(whole)
        context = FiberContext(
            runID: "r1",
            seed: 7,
            startWallClock: 1_767_225_600_000_000_000,
            startMonotonic: MonotonicTime(nanoseconds: 1_000_000_000),
            limits: PhaseLimits(whole.limits)
        )
    }

    func instances(files: [String: String] = [:]) -> ([TestInstance], [Finding]) {
        let (instances, findings) = program.instantiate(context) { path in
            files[path].map { .success(Array($0.utf8)) }
                ?? .failure(FileFailure(reason: "local.file", message: "no \(path)"))
        }
        return (instances, findings)
    }

    /// Runs the first test, or that of a number.
    func run(_ driver: FakeDriver = FakeDriver(), test: Int = 0, attempt: Int = 1) throws
        -> FiberOutcome
    {
        let (instances, findings) = instances(files: driver.files)
        try #require(findings.allSatisfy { $0.verdict <= .warn }, "\(findings)")
        let instance = try #require(instances.dropFirst(test).first)
        let fiber = Fiber(
            program: program,
            instance: instance,
            context: context,
            attempt: attempt,
            now: driver.now
        )
        return driver.run(fiber)
    }
}

/// Runs the statements of one test.
func run(
    _ body: String,
    on driver: FakeDriver = FakeDriver(),
    location: SourceLocation = #_sourceLocation
) throws -> FiberOutcome {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
    let text = "test \"t\" {\n\(lines.joined(separator: "\n"))\n}\n"
    return try Compiled(text, location: location).run(driver)
}

/// Runs statements behind a `connect` and an `ehlo`.
func converse(
    _ body: String,
    on driver: FakeDriver = FakeDriver(),
    location: SourceLocation = #_sourceLocation
) throws -> FiberOutcome {
    try run("connect smtp 127.0.0.1:2525\nehlo probe.test\n" + body, on: driver, location: location)
}

extension FiberOutcome {
    /// The reasons of all findings.
    var reasons: [String] { findings.map(\.reason) }
    /// The sentences of all findings.
    var messages: [String] { findings.map(\.message) }
}
