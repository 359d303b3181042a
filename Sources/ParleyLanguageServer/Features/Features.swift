import ParleyDiagnostics

/// The requests that the server answers, by method; one file each.
enum Features {
    /// Carries out a request: its result, to be written, or why there is none.
    typealias Feature = (LanguageServer, JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void

    /// All of them.
    nonisolated(unsafe) static let all: [String: Feature] = [
        "textDocument/hover": { server, it throws(RPCError) in try server.hover(it) },
        "textDocument/completion": { server, it throws(RPCError) in try server.completion(it) },
        "textDocument/signatureHelp": { server, it throws(RPCError) in
            try server.signatureHelp(it)
        },
        "textDocument/formatting": { server, it throws(RPCError) in try server.formatting(it) },
        "textDocument/definition": { server, it throws(RPCError) in try server.definition(it) },
        "textDocument/references": { server, it throws(RPCError) in try server.references(it) },
        "textDocument/documentHighlight": { server, it throws(RPCError) in
            try server.highlights(it)
        },
        "textDocument/documentSymbol": { server, it throws(RPCError) in try server.symbols(it) },
        "textDocument/prepareRename": { server, it throws(RPCError) in
            try server.prepareRename(it)
        },
        "textDocument/rename": { server, it throws(RPCError) in try server.rename(it) },
        "textDocument/codeAction": { server, it throws(RPCError) in try server.codeActions(it) },
        "textDocument/diagnostic": { server, it throws(RPCError) in
            try server.pulledDiagnostics(it)
        },
        "textDocument/semanticTokens/full": { server, it throws(RPCError) in
            try server.semanticTokens(it)
        },
    ]
}

extension LanguageServer {
    /// The open text that a request is about.
    func document(_ parameters: JSONValue) throws(RPCError) -> Document {
        guard let uri = parameters["textDocument"]["uri"].string else {
            throw RPCError(.invalidParameters, "the text document’s uri is missing")
        }
        guard let document = workspace.documents[uri] else {
            throw RPCError(.invalidParameters, "this text is not open")
        }
        return document
    }

    /// The open text and the place in it that a request is about.
    func place(
        _ parameters: JSONValue
    ) throws(RPCError) -> (document: Document, offset: Int) {
        let document = try document(parameters)
        let position = parameters["position"]
        guard let line = position["line"].integer, let character = position["character"].integer
        else { throw RPCError(.invalidParameters, "the position is missing") }
        let positions = workspace.positions(document.source)
        return (document, positions.offset(line: line, character: character))
    }

    /// A place of a text as the protocol's `Location`.
    func write(_ place: SourcePlace, to json: inout JSONWriter) {
        json.object { json in
            json.member("uri", workspace.uri(of: place.source))
            json.key("range")
            json.range(place.range, workspace.positions(place.source))
        }
    }
}
