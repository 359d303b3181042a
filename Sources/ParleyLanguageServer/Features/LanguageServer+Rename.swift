import ParleyDiagnostics
import ParleySemantics
import ParleySyntax

extension LanguageServer {
    /// `textDocument/prepareRename`: the name that would be renamed.
    func prepareRename(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let (document, offset) = try place(parameters)
        let names = document.analysis(workspace).study.names
        guard let found = names.occurrence(at: offset, in: document.source) else {
            return { $0.null() }
        }
        let positions = workspace.positions(document.source)
        return { json in
            json.object { json in
                json.key("range")
                json.range(found.place.range, positions)
                json.member("placeholder", found.name)
            }
        }
    }

    /// `textDocument/rename`: the name where it is bound and wherever it is used, unless scripts
    /// would be wrong then.
    func rename(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let (document, offset) = try place(parameters)
        guard let name = parameters["newName"].string else {
            throw RPCError(.invalidParameters, "the new name is missing")
        }
        let found = occurrences(document, offset)
        guard let first = found.first else {
            throw RPCError(.requestFailed, "no name stands here that could be renamed")
        }
        try refuse(name)
        var places: [String: [SourcePlace]] = [:]
        for occurrence in found {
            places[occurrence.place.source.name, default: []].append(occurrence.place)
        }
        for (path, list) in places { try refuse(name, for: first.name, in: path, list) }
        return { json in
            json.object { json in
                json.key("changes")
                json.object { json in
                    for list in places.values.sorted(by: { $0[0].source.name < $1[0].source.name })
                    {
                        json.key(self.workspace.uri(of: list[0].source))
                        json.array { json in
                            for place in list {
                                json.object { json in
                                    json.key("range")
                                    json.range(
                                        place.range,
                                        self.workspace.positions(place.source)
                                    )
                                    json.member("newText", name)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A text that is no name, or that means something else everywhere.
    private func refuse(_ name: String) throws(RPCError) {
        let shown = DisplayText.safe(name, limit: 80)
        guard !Keywords.isReserved(name), !LanguageTables.namespaces.contains(name) else {
            throw RPCError(.invalidParameters, "‘\(shown)’ is a word of the language")
        }
        let source = SourceText(name: "", "let \(name) = 1\n")
        let (tree, problems) = Parser.parse(source)
        guard problems.isEmpty, case .binding(let parsed, _)? = tree.statements.first?.kind,
            parsed.text == name
        else {
            throw RPCError(
                .invalidParameters,
                "‘\(shown)’ is no name: letters, digits and _ with - between them"
            )
        }
    }

    /// Makes the change in one text and checks it: errors that were not there before refuse it.
    private func refuse(
        _ name: String,
        for old: String,
        in path: String,
        _ places: [SourcePlace]
    ) throws(RPCError) {
        let source = places[0].source
        let before = workspace.documents.values.first { $0.source === source }
        let document =
            before ?? Document(uri: path, path: path, version: nil, text: source.text(source.whole))
        guard document.syntax.diagnostics.allSatisfy({ $0.severity != .error }) else {
            let message = "a script with syntax errors may hide uses of ‘\(old)’: mend it first"
            throw RPCError(.requestFailed, message)
        }
        var bytes = source.bytes
        for place in places.sorted(by: { $0.range.start > $1.range.start }) {
            bytes.replaceSubrange(place.range.start..<place.range.end, with: name.utf8)
        }
        let renamed = Document(uri: document.uri, path: document.path, version: nil, text: "")
        renamed.replace(bytes, version: nil)
        let errors = document.analysis(workspace).errors
        let found = renamed.analysis(workspace).errors
        // What other files give is not renamed in this copy of the workspace yet.
        guard found.count > errors.count, places.contains(where: { $0.source === source }),
            definesItself(places, document)
        else { return }
        let known = Set(errors.map(\.message))
        let reason = found.first { !known.contains($0.message) } ?? found[0]
        throw RPCError(.requestFailed, "‘\(name)’ does not do: \(reason.message)")
    }

    /// Whether a text binds what is renamed itself; else its check needs the other text renamed.
    private func definesItself(_ places: [SourcePlace], _ document: Document) -> Bool {
        let names = document.analysis(workspace).study.names
        return names.occurrences.contains { occurrence in
            occurrence.isDefinition
                && places.contains { $0.range == occurrence.place.range }
                && occurrence.place.source.name == places[0].source.name
        }
    }
}

extension Document.Analysis {
    /// What keeps the script from running.
    fileprivate var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}

extension SourceText {
    /// All of it.
    fileprivate var whole: SourceRange { SourceRange(0, bytes.count) }
}
