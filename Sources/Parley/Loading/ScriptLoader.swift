public import ParleyDiagnostics
public import ParleyEngine
import ParleyMachine
import ParleySemantics
import ParleySyntax
import ParleyWire

/// Reads scripts, checks and compiles them: from a path to what a run runs.
///
/// Nothing is sent and no secret is read. `use` finds files below the folder of the script that was
/// named, and nowhere else.
public struct ScriptLoader: Sendable {
    /// What became of a file.
    public struct Loaded: Sendable {
        /// The script, unless there is any error.
        public var script: Script?
        /// All that is wrong with it and with the files it uses.
        public var diagnostics: [Diagnostic]
        /// Why the file could not be read at all, in a sentence safe to show.
        public var failure: String?
    }

    private let lints: Bool
    private let keepsStops: Bool

    /// A loader.
    ///
    /// - Parameters:
    ///   - lints: whether the linter's advice is among the diagnostics.
    ///   - keepsStops: whether the scripts are to be debugged.
    public init(lints: Bool = false, keepsStops: Bool = false) {
        self.lints = lints
        self.keepsStops = keepsStops
    }

    /// Loads the file at `path`; `-` is standard input.
    public func load(_ path: String) -> Loaded {
        switch InputFile.read(path) {
        case .failure(let failure):
            return Loaded(script: nil, diagnostics: [], failure: failure.message)
        case .success(let octets):
            let name = path == "-" ? "<stdin>" : path
            return load(SourceText(name: name, bytes: octets), path: path)
        }
    }

    /// Loads a text as if it had been read from `path`, whose folder holds the files it uses.
    public func load(_ source: SourceText, path: String) -> Loaded {
        let (tree, syntax) = Parser.parse(source)
        let used = UsedFiles(below: path, main: source.name)
        let stops = keepsStops ? StopTable() : nil
        let (checked, semantics) = Checker.check(
            tree,
            registry: Protocols.registry,
            stops: stops
        ) { name, from in used.load(name, from: from) }
        let readable = syntax + used.diagnostics
        var diagnostics = readable + semantics.withoutConsequences(of: readable)
        if lints { diagnostics += Linter.lint(tree, checked).withoutConsequences(of: readable) }
        diagnostics = sorted(diagnostics, main: source)
        guard let checked, !diagnostics.contains(where: { $0.severity == .error }) else {
            return Loaded(script: nil, diagnostics: diagnostics, failure: nil)
        }
        let program = Compiler.compile(checked, stops: keepsStops)
        var script = Script(path: path, checked: checked, program: program)
        script.stops = stops
        return Loaded(script: script, diagnostics: diagnostics, failure: nil)
    }

    /// In the order of the text; the main file first.
    private func sorted(_ diagnostics: [Diagnostic], main: SourceText) -> [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            let one = left.element.primary.place
            let other = right.element.primary.place
            if one.source !== other.source {
                if one.source === main || other.source === main { return one.source === main }
                return one.source.name < other.source.name
            }
            return (one.range.start, left.offset) < (other.range.start, right.offset)
        }.map(\.element)
    }
}
