public import ParleyDiagnostics
public import ParleySyntax
public import ParleyVerbs

/// What an editor wants to know of a script, beyond whether it is right: one check finds all of it.
public struct Study: Sendable {
    /// The checked program; `nil` if there is any error.
    public var program: CheckedProgram?
    /// All errors and warnings of the checker.
    public var diagnostics: [Diagnostic]
    /// Every name, resolved.
    public var names: NameIndex
    /// The script.
    public let tree: SyntaxTree
    private let landscape: Landscape

    init(
        _ tree: SyntaxTree,
        program: CheckedProgram?,
        diagnostics: [Diagnostic],
        names: NameIndex,
        landscape: Landscape
    ) {
        self.tree = tree
        self.program = program
        self.diagnostics = diagnostics
        self.names = names
        self.landscape = landscape
    }

    /// What can be named and spoken on at a place of the script.
    public func surroundings(at offset: Int) -> Surroundings {
        landscape.surroundings(at: offset, in: tree) ?? Surroundings()
    }
}

extension Checker {
    /// Checks a script and takes down what its names stand for and what its places see.
    public static func study(
        _ tree: SyntaxTree,
        registry: ProtocolRegistry,
        loader: Loader
    ) -> Study {
        withoutActuallyEscaping(loader) { loader in
            let surveyor = Surveyor(tree.source)
            let checking = Checking(
                tree.source,
                registry: registry,
                surveyor: surveyor,
                loader: loader
            )
            let notes = NameNotes()
            checking.notes = notes
            checking.checkMain(tree)
            let diagnostics = checking.sortedDiagnostics
            let hasErrors = diagnostics.contains { $0.severity == .error }
            return Study(
                tree,
                program: hasErrors ? nil : checking.program,
                diagnostics: diagnostics,
                names: notes.sorted(),
                landscape: surveyor.landscape
            )
        }
    }
}
