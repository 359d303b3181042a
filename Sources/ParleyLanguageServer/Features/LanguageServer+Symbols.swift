import ParleyDiagnostics
import ParleySyntax

extension LanguageServer {
    /// `textDocument/documentSymbol`: tests with their steps, dialogues, servers, parameters.
    func symbols(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let document = try document(parameters)
        let symbols = document.tree.statements.compactMap { DocumentSymbol($0, document.source) }
        let positions = workspace.positions(document.source)
        return { json in
            json.array { json in
                for symbol in symbols { symbol.write(to: &json, positions) }
            }
        }
    }
}

/// A thing of a script that has a name, and those within it.
private struct DocumentSymbol {
    var name: String
    var detail: String
    /// The protocol's `SymbolKind`.
    var kind: Int
    var range: SourceRange
    /// Where the name stands.
    var selection: SourceRange
    var children: [DocumentSymbol] = []

    init?(_ statement: Statement, _ source: SourceText) {
        range = statement.range
        selection = statement.range
        detail = ""
        switch statement.kind {
        case .test(let test):
            (name, kind, detail) = (Self.text(test.title, source), 12, "test")
            selection = test.title.range
            children = Self.symbols(test.body, source)
        case .suite(let title, let block):
            (name, kind, detail) = (Self.text(title, source), 2, "suite")
            selection = title.range
            children = Self.symbols(block, source)
        case .step(let title, _, let block):
            (name, kind, detail) = (Self.text(title, source), 24, "step")
            selection = title.range
            children = Self.symbols(block, source)
        case .dialogue(let identifier, _, let block):
            (name, kind, detail) = (identifier.text, 12, "dialogue")
            selection = identifier.range
            children = Self.symbols(block, source)
        case .server(let server):
            (name, kind) = (server.name.text, 5)
            detail = "\(server.protocolName.text) server"
            selection = server.name.range
        case .parameter(let identifier, let valueKind, _):
            (name, kind, selection) = (identifier.text, 13, identifier.range)
            detail = valueKind.map { "param: \($0.text)" } ?? "param"
        case .secret(let identifier, _, _):
            (name, kind, detail) = (identifier.text, 14, "secret")
            selection = identifier.range
        case .binding(let identifier, _):
            (name, kind, selection) = (identifier.text, 13, identifier.range)
        case .profile(let identifier, _):
            (name, kind, detail) = (identifier.text, 3, "profile")
            selection = identifier.range
        default: return nil
        }
        if name.isEmpty { name = "…" }
    }

    private static func symbols(_ block: Block, _ source: SourceText) -> [DocumentSymbol] {
        block.statements.compactMap { statement in
            switch statement.kind {
            case .step, .server, .test: DocumentSymbol(statement, source)
            default: nil
            }
        }
    }

    /// A title without its quotes.
    private static func text(_ word: Word, _ source: SourceText) -> String {
        word.literal ?? source.text(word.range)
    }

    func write(to json: inout JSONWriter, _ positions: TextPositions) {
        json.object { json in
            json.member("name", name)
            if !detail.isEmpty { json.member("detail", detail) }
            json.member("kind", kind)
            json.key("range")
            json.range(range, positions)
            json.key("selectionRange")
            json.range(selection, positions)
            json.key("children")
            json.array { json in
                for child in children { child.write(to: &json, positions) }
            }
        }
    }
}
