package import ParleyDiagnostics
import ParleyNetwork
package import ParleySemantics
package import ParleySyntax

/// The files that a script uses: each is read once, and none from outside the script's folder.
package final class UsedFiles {
    /// The syntax errors of the files.
    package private(set) var diagnostics: [Diagnostic] = []

    private let folder: String
    private let shownFolder: String
    private let mainFile: String?
    private let mainName: String
    private var trees: [String: SyntaxTree] = [:]

    /// The files below the folder of `path`; the script itself is called `main`.
    package init(below path: String, main: String) {
        let parent = FilePath.parent(of: path)
        folder = FilePath.resolve(parent) ?? parent
        shownFolder = path.utf8.contains(UInt8(ascii: "/")) ? parent : ""
        mainFile = path == "-" ? nil : FilePath.resolve(path)
        mainName = main
    }

    /// The tree of the file that the text `from` names; its syntax errors are kept.
    package func load(_ path: String, from source: SourceText) -> Result<SyntaxTree, LoadFailure> {
        let base = source.name == mainName ? folder : FilePath.parent(of: source.name)
        let wanted = path.hasPrefix("/") ? path : "\(base)/\(path)"
        guard let resolved = FilePath.resolve(wanted) else {
            return .failure(LoadFailure(InputFile.systemError.lowercasedFirst))
        }
        // One name for one file, however it was reached: the checker finds circles by names.
        guard let below = FilePath.below(folder, resolved) else {
            return .failure(LoadFailure("the file is outside the script's folder"))
        }
        let name =
            resolved == mainFile
            ? mainName : shownFolder.isEmpty ? below : FilePath.join(shownFolder, below)
        if let tree = trees[name] { return .success(tree) }
        switch InputFile.read(resolved) {
        case .failure(let failure): return .failure(LoadFailure(failure.reason))
        case .success(let octets):
            let (tree, problems) = Parser.parse(SourceText(name: name, bytes: octets))
            if name != mainName { diagnostics += problems }
            trees[name] = tree
            return .success(tree)
        }
    }
}

extension String {
    /// `no such file` for the system's `No such file`.
    package var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
