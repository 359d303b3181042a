import ParleyDiagnostics
import ParleySemantics
import ParleySyntax

extension LanguageServer {
    /// `textDocument/definition`: where a name is bound, or the file that `use` names.
    func definition(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let (document, offset) = try place(parameters)
        if let file = usedFile(document, offset) { return { self.write(file, to: &$0) } }
        let names = document.analysis(workspace).study.names
        guard let found = names.occurrence(at: offset, in: document.source) else {
            return { $0.null() }
        }
        return { self.write(found.definition, to: &$0) }
    }

    /// The beginning of the file that `use` names at a place.
    private func usedFile(_ document: Document, _ offset: Int) -> SourcePlace? {
        for statement in document.tree.statements {
            guard case .use(let word, _) = statement.kind, word.range.start <= offset,
                offset <= word.range.end, let name = word.literal,
                let path = workspace.path(of: name, from: document.source.name, main: document),
                workspace.mayUse(path, main: document)
            else { continue }
            let source = workspace.document(at: path)?.source ?? SourceText(name: path, "")
            return SourcePlace(source, SourceRange(0, 0))
        }
        return nil
    }

    /// `textDocument/references`: all uses of a name, in every text that is open.
    func references(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let (document, offset) = try place(parameters)
        let withDefinition = parameters["context"]["includeDeclaration"].bool ?? true
        let found = occurrences(document, offset).filter { withDefinition || !$0.isDefinition }
        return { json in
            json.array { json in
                for occurrence in found { self.write(occurrence.place, to: &json) }
            }
        }
    }

    /// `textDocument/documentHighlight`: the uses of a name in this text.
    func highlights(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let (document, offset) = try place(parameters)
        let found = occurrences(document, offset)
            .filter { $0.place.source === document.source }
        let positions = workspace.positions(document.source)
        return { json in
            json.array { json in
                for occurrence in found {
                    json.object { json in
                        json.key("range")
                        json.range(occurrence.place.range, positions)
                        // 3 is a place where a value is bound, 2 one where it is read.
                        json.member("kind", occurrence.isDefinition ? 3 : 2)
                    }
                }
            }
        }
    }

    /// Where the name at a place is bound and used, in this text and the others that are open.
    func occurrences(_ document: Document, _ offset: Int) -> [NameIndex.Occurrence] {
        let names = document.analysis(workspace).study.names
        guard let here = names.occurrence(at: offset, in: document.source) else { return [] }
        let definition = here.definition
        var found = names.occurrences(of: definition)
        let others = workspace.documents.values.filter { $0 !== document }
        for other in others.sorted(by: { $0.uri < $1.uri }) {
            let elsewhere = other.analysis(workspace).study.names.occurrences
            found += elsewhere.filter { occurrence in
                occurrence.definition.source.name == definition.source.name
                    && occurrence.definition.range == definition.range
            }
        }
        var seen: Set<String> = []
        return found.filter { occurrence in
            seen.insert("\(occurrence.place.range.start) \(occurrence.place.source.name)").inserted
        }
    }
}
