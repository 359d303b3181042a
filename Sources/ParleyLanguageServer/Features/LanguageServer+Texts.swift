import ParleyDiagnostics

extension LanguageServer {
    func didOpen(_ item: JSONValue) {
        guard let uri = item["uri"].string, let text = item["text"].string,
            workspace.documents.count < Workspace.maximumDocuments
        else { return }
        let document = Document(
            uri: uri,
            path: workspace.resolvedPath(of: uri),
            version: item["version"].integer,
            text: text
        )
        workspace.open(document)
        changed(document)
    }

    func didChange(_ parameters: JSONValue) {
        let name = parameters["textDocument"]
        guard let uri = name["uri"].string, let document = workspace.documents[uri] else { return }
        for change in parameters["contentChanges"].array {
            guard let text = change["text"].string else { continue }
            let range = change["range"]
            guard range.isObject else {
                document.replace(Array(text.utf8), version: name["version"].integer)
                continue
            }
            let positions = workspace.positions(document.source)
            let ends = (offset(range["start"], positions), offset(range["end"], positions))
            let (start, end) = (min(ends.0, ends.1), max(ends.0, ends.1))
            var bytes = document.source.bytes
            bytes.replaceSubrange(start..<end, with: text.utf8)
            document.replace(bytes, version: name["version"].integer)
        }
        changed(document)
    }

    func didClose(_ parameters: JSONValue) {
        guard let uri = parameters["textDocument"]["uri"].string,
            let document = workspace.documents[uri]
        else { return }
        workspace.close(uri)
        needsNoCheck(uri)
        notify("textDocument/publishDiagnostics") { json in
            json.object { json in
                json.member("uri", uri)
                json.key("diagnostics")
                json.array { _ in }
            }
        }
        if let path = document.path { recheck(usersOf: path) }
    }

    /// Files of the disk may have changed.
    func filesChanged() {
        for document in workspace.documents.values {
            document.forgetAnalysis()
            needsCheck(document.uri)
        }
    }

    private func changed(_ document: Document) {
        needsCheck(document.uri)
        if let path = document.path { recheck(usersOf: path) }
    }

    private func recheck(usersOf path: String) {
        for document in workspace.documents.values where document.path != path {
            guard document.uses(path) else { continue }
            document.forgetAnalysis()
            needsCheck(document.uri)
        }
    }

    /// Where a position of the client stands, in octets.
    func offset(_ position: JSONValue, _ positions: TextPositions) -> Int {
        positions.offset(
            line: position["line"].integer ?? 0,
            character: position["character"].integer ?? 0
        )
    }
}
