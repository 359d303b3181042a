public import ParleyDiagnostics
public import ParleySyntax
public import ParleyVerbs

/// What an editor wants to know of a script, beyond whether it is right.
public struct Study: Sendable {
    /// The checked program; `nil` if there is any error.
    public var program: CheckedProgram?
    /// All errors and warnings of the checker.
    public var diagnostics: [Diagnostic]
    /// Every name, resolved.
    public var names: NameIndex
    /// What the place sees that was asked for.
    public var surroundings: Surroundings
}

extension Checker {
    /// Checks a script and takes down what its names stand for.
    ///
    /// - Parameter offset: the place whose surroundings are wanted; they are empty without one.
    public static func study(
        _ tree: SyntaxTree,
        at offset: Int? = nil,
        registry: ProtocolRegistry,
        loader: Loader
    ) -> Study {
        withoutActuallyEscaping(loader) { loader in
            let checking = Checking(tree.source, registry: registry, loader: loader)
            let (notes, probe) = (NameNotes(), offset.map { Probe(tree, offset: $0) })
            checking.notes = notes
            checking.probe = probe
            checking.checkMain(tree)
            let diagnostics = checking.sortedDiagnostics
            let hasErrors = diagnostics.contains { $0.severity == .error }
            return Study(
                program: hasErrors ? nil : checking.program,
                diagnostics: diagnostics,
                names: notes.sorted(),
                surroundings: probe?.found ?? Surroundings()
            )
        }
    }
}
