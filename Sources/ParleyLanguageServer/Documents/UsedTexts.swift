import ParleyDiagnostics
import ParleySemantics
import ParleySyntax

/// The files that a document uses: texts that are open win over what the disk holds, and none lies
/// outside the folder of the workspace or of the script.
final class UsedTexts {
    private let workspace: Workspace
    private let main: Document
    private var trees: [String: SyntaxTree] = [:]
    /// The syntax errors of each file.
    private var problems: [Diagnostic] = []

    /// The paths that were looked at.
    private(set) var paths: Set<String> = []

    init(_ workspace: Workspace, main: Document) {
        self.workspace = workspace
        self.main = main
    }

    /// Loads the file that `use` names in the text `from`.
    func load(_ path: String, from source: SourceText) -> Result<SyntaxTree, LoadFailure> {
        guard let path = workspace.path(of: path, from: source.name, main: main) else {
            return .failure(LoadFailure(main.path == nil ? "this text is no file" : "no such file"))
        }
        guard workspace.mayUse(path, main: main) else {
            return .failure(LoadFailure("the file is outside the script's folder"))
        }
        paths.insert(path)
        if path == main.path { return .success(main.tree) }
        if let tree = trees[path] { return .success(tree) }
        if let document = workspace.document(at: path) {
            trees[path] = document.tree
            problems += document.syntax.diagnostics
            return .success(document.tree)
        }
        switch workspace.files.read(path) {
        case .failure(let failure): return .failure(LoadFailure(failure.reason))
        case .success(let octets):
            let (tree, found) = Parser.parse(SourceText(name: path, bytes: octets))
            problems += found
            trees[path] = tree
            return .success(tree)
        }
    }

    /// What is wrong in the files themselves, said where the document uses them.
    func complaints(_ found: [Diagnostic]) -> [Diagnostic] {
        var errors: [String: Diagnostic] = [:]
        for diagnostic in problems + found where diagnostic.severity == .error {
            let name = diagnostic.primary.place.source.name
            if errors[name] == nil { errors[name] = diagnostic }
        }
        guard !errors.isEmpty else { return [] }
        return main.tree.statements.compactMap { statement in
            guard case .use(let word, _) = statement.kind, let literal = word.literal,
                let path = workspace.path(of: literal, from: main.source.name, main: main),
                let error = errors[path]
            else { return nil }
            return Diagnostic(
                error.code,
                "this file has errors: \(error.message)",
                at: SourcePlace(main.source, word.range),
                secondary: [Diagnostic.Label(error.primary.place, error.message)]
            )
        }
    }
}
