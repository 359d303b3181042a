public import ParleyDiagnostics
public import ParleySyntax
public import ParleyVerbs

/// Why a file named with `use` could not be loaded.
public struct LoadFailure: Error, Hashable, Sendable {
    /// What went wrong, as a clause: `there is no such file`.
    public let message: String

    /// A failure to load.
    public init(_ message: String) {
        self.message = message
    }
}

/// Resolves names, kinds, sessions and verbs, so that nothing of that can go wrong once a socket is
/// open.
public enum Checker {
    /// Loads the file that `use` names in the text `from`. Files that are the same must come back
    /// with the same ``SourceText/name``. Syntax errors of the file are the loader's to keep.
    public typealias Loader = (_ path: String, _ from: SourceText) -> Result<
        SyntaxTree, LoadFailure
    >

    /// Checks a script and the files it uses.
    ///
    /// - Parameter stops: takes the places where a debugger can stop.
    /// - Returns: the program, or `nil` if there is any error; and all errors and warnings, in the
    ///   order of the text. A malformed statement, which the parser has reported, is passed over.
    public static func check(
        _ tree: SyntaxTree,
        registry: ProtocolRegistry,
        stops: StopTable? = nil,
        loader: Loader
    ) -> (program: CheckedProgram?, diagnostics: [Diagnostic]) {
        withoutActuallyEscaping(loader) { loader in
            let checking = Checking(tree.source, registry: registry, loader: loader)
            checking.stops = stops
            checking.checkMain(tree)
            stops?.program = checking.program
            let diagnostics = checking.sortedDiagnostics
            let hasErrors = diagnostics.contains { $0.severity == .error }
            return (hasErrors ? nil : checking.program, diagnostics)
        }
    }

    /// Checks a script that uses no other files.
    public static func check(
        _ tree: SyntaxTree,
        registry: ProtocolRegistry
    ) -> (program: CheckedProgram?, diagnostics: [Diagnostic]) {
        check(tree, registry: registry) { _, _ in .failure(LoadFailure("no files can be used here"))
        }
    }
}
