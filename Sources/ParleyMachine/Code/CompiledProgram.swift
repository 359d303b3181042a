import ParleyDiagnostics
public import ParleySemantics

/// A program as code: immutable, shared by all fibers of a run.
public struct CompiledProgram: Sendable {
    let code: ProgramCode

    /// The program it was made of: parameters, secrets and limits with their places.
    public var program: CheckedProgram { code.program }
}

/// Turns checked programs into code.
public enum Compiler {
    /// The code of a program. Never fails: whatever can be wrong was found by the checker.
    ///
    /// - Parameter stops: whether a debugger may stop before each statement.
    public static func compile(
        _ program: CheckedProgram,
        stops: Bool = false
    ) -> CompiledProgram {
        var builder = CodeBuilder()
        builder.emitsStops = stops
        var entries = ProgramEntries()
        // Position 0 is where a fiber goes that has left all its blocks.
        let source = program.sources.first ?? SourceText(name: "", "")
        builder.locate(SourcePlace(source, SourceRange(0, 0)))
        builder.emit(.end)
        for parameter in program.parameters {
            entries.parameters.append(builder.parameter(parameter, in: program))
        }
        for test in program.tests {
            entries.tests.append(builder.test(test, in: program))
        }
        entries.files = builder.files
        return CompiledProgram(
            code: ProgramCode(builder, entries: entries, program: program)
        )
    }
}
