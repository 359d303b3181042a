import Parley
import ParleyDiagnostics
import ParleyNetwork
import ParleySemantics
import ParleySyntax

/// What is typed is a script of its own, in a folder whose files it may use; a script that was
/// loaded may use those of its own folder.
final class TypedScript {
    private let path: String
    /// The scripts that were loaded, the latest first.
    private var loaded: [String] = []

    private static let inputName = "input "

    /// The name of an input, by its number.
    static func inputName(_ number: Int) -> String { "\(inputName)\(number)" }

    init(path: String) {
        self.path = path
    }

    /// Lets a script that is loaded use the files beside it.
    func admit(_ path: String) {
        loaded.removeAll { $0 == path }
        loaded.insert(path, at: 0)
    }

    /// The tree of the file that `use` names; one with errors is not used.
    func load(_ name: String, from source: SourceText) -> Result<SyntaxTree, LoadFailure> {
        // Every input is a text of its own; all of them stand in the same folder.
        let isTyped = source.name.hasPrefix(Self.inputName)
        let main = isTyped ? path : main(of: source.name)
        let files = UsedFiles(below: main, main: main)
        let result = files.load(name, from: isTyped ? SourceText(name: path, "") : source)
        guard files.diagnostics.allSatisfy({ $0.severity != .error }) else {
            return .failure(LoadFailure("it has errors; `parley lint \(name)` lists them"))
        }
        return result
    }

    /// The script in whose folder a file stands.
    private func main(of name: String) -> String {
        let folder = FilePath.resolve(FilePath.parent(of: name)) ?? ""
        return loaded.first { script in
            guard let root = FilePath.resolve(FilePath.parent(of: script)) else { return false }
            return folder == root || FilePath.below(root, folder) != nil
        } ?? path
    }
}
