import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyWire

/// A text that the client has open, and what is known of it; what is known is found out once for
/// each version.
final class Document {
    /// The client's name for it.
    let uri: String
    /// Its file's path without links; `nil` for a text that is no file.
    let path: String?
    /// The client's number of the text.
    private(set) var version: Int?
    private(set) var source: SourceText
    private var parsed: (tree: SyntaxTree, diagnostics: [Diagnostic])?
    private var analysed: Analysis?

    /// What a check told.
    struct Analysis {
        var study: Study
        /// Everything that is wrong or questionable in this text.
        var diagnostics: [Diagnostic]
        /// The paths of the files that it uses.
        var uses: Set<String>
    }

    init(uri: String, path: String?, version: Int?, text: String) {
        self.uri = uri
        self.path = path
        self.version = version
        source = SourceText(name: path ?? uri, text)
    }

    /// Takes another text.
    func replace(_ bytes: [UInt8], version: Int?) {
        source = SourceText(name: path ?? uri, bytes: bytes)
        self.version = version
        parsed = nil
        analysed = nil
    }

    /// A file that it uses has changed.
    func forgetAnalysis() { analysed = nil }

    /// The tree, and what the parser says.
    var syntax: (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        if let parsed { return parsed }
        let fresh = Parser.parse(source)
        parsed = fresh
        return fresh
    }

    var tree: SyntaxTree { syntax.tree }

    /// Whether the files were used by the latest analysis.
    func uses(_ path: String) -> Bool { analysed?.uses.contains(path) ?? true }

    /// Everything that parser, checker and linter know.
    func analysis(_ workspace: Workspace) -> Analysis {
        if let analysed { return analysed }
        workspace.willStudy(self)
        let (tree, problems) = syntax
        let files = UsedTexts(workspace, main: self)
        let study = Checker.study(tree, registry: Protocols.registry, loader: files.load)
        var diagnostics = problems + study.diagnostics.withoutConsequences(of: problems)
        diagnostics += Linter.lint(tree, study.program).withoutConsequences(of: problems)
        let elsewhere = diagnostics.filter { $0.primary.place.source !== source }
        diagnostics = diagnostics.filter { $0.primary.place.source === source }
        diagnostics += files.complaints(elsewhere)
        let analysis = Analysis(study: study, diagnostics: diagnostics, uses: files.paths)
        analysed = analysis
        return analysis
    }
}
