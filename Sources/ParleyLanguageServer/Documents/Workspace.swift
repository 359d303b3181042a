import ParleyDiagnostics

/// The texts that are open, and the folders that belong together.
final class Workspace {
    let files: ServerFiles
    /// How columns are counted.
    var encoding = PositionEncoding.utf16
    /// The folders of the workspace, without links.
    private var folders: [String] = []
    private(set) var documents: [String: Document] = [:]
    /// Told of each text that is about to be parsed and checked; for tests, which count them.
    var willStudy: (Document) -> Void = { _ in }

    /// How many texts can be open at once.
    static let maximumDocuments = 4096

    init(_ files: ServerFiles) {
        self.files = files
    }

    /// Adds a folder of the workspace.
    func addFolder(_ uri: String) {
        guard let path = FileURI.path(uri), let resolved = files.resolve(path) else { return }
        folders.append(resolved)
    }

    /// Takes a folder away, whether or not it is still there.
    func removeFolder(_ uri: String) {
        guard let path = resolvedPath(of: uri) else { return }
        folders.removeAll { $0 == path }
    }

    /// Opens a text, in the place of one of the same name.
    func open(_ document: Document) { documents[document.uri] = document }

    /// Closes a text.
    func close(_ uri: String) { documents[uri] = nil }

    /// The open text of a file.
    func document(at path: String) -> Document? { documents.values.first { $0.path == path } }

    /// The path without links; that of a file that is open and not yet stored stays as it is.
    func resolvedPath(of uri: String) -> String? {
        guard let path = FileURI.path(uri) else { return nil }
        return files.resolve(path) ?? path
    }

    /// The path that a text names, beside the text.
    func path(of name: String, from source: String, main: Document) -> String? {
        guard main.path != nil else { return nil }
        let wanted = name.hasPrefix("/") ? name : "\(Self.parent(of: source))/\(name)"
        if let resolved = files.resolve(wanted) { return resolved }
        return document(at: wanted)?.path
    }

    /// Whether a document may use a file: below the workspace's folder that holds the document, or
    /// below the document's own.
    func mayUse(_ path: String, main: Document) -> Bool {
        guard let script = main.path else { return false }
        let root =
            folders.filter { Self.holds($0, script) }.min { $0.utf8.count < $1.utf8.count }
            ?? Self.parent(of: script)
        return Self.holds(root, path)
    }

    func positions(_ source: SourceText) -> TextPositions {
        TextPositions(source: source, encoding: encoding)
    }

    /// The client's name for a text.
    func uri(of source: SourceText) -> String {
        if let document = documents.values.first(where: { $0.source === source }) {
            return document.uri
        }
        return document(at: source.name)?.uri
            ?? (source.name.hasPrefix("/") ? FileURI.uri(source.name) : source.name)
    }

    /// The folder that holds a path.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func holds(_ folder: String, _ path: String) -> Bool {
        path.hasPrefix(folder == "/" ? "/" : folder + "/")
    }
}
