import Parley
import ParleyDiagnostics
import ParleySemantics
import ParleySyntax

/// What is typed is a script of its own, in a folder whose files it may use.
struct TypedScript {
    let path: String

    /// The tree of the file that `use` names; one with errors is not used.
    func load(_ name: String, from source: SourceText) -> Result<SyntaxTree, LoadFailure> {
        let files = UsedFiles(below: path, main: path)
        // Every input is a text of its own; all of them stand in the same folder.
        let isTyped = source.name.hasPrefix("line ")
        let result = files.load(name, from: isTyped ? SourceText(name: path, "") : source)
        guard files.diagnostics.allSatisfy({ $0.severity != .error }) else {
            return .failure(LoadFailure("it has errors; `parley lint \(name)` lists them"))
        }
        return result
    }
}
