import ParleyDiagnostics
import ParleySemantics

extension LanguageServer {
    /// `textDocument/semanticTokens/full`
    func semanticTokens(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let document = try document(parameters)
        let names = document.analysis(workspace).study.names
        let tokens = SemanticToken.all(of: document.tree, names)
        let positions = workspace.positions(document.source)
        let classes = SemanticToken.Class.allCases
        return { json in
            json.object { json in
                json.key("data")
                json.array { json in
                    var last = (line: 0, character: 0)
                    for token in tokens {
                        let start = positions.position(token.range.start)
                        let end = positions.position(token.range.end)
                        let isSameLine = start.line == last.line
                        json.value(start.line - last.line)
                        json.value(start.character - (isSameLine ? last.character : 0))
                        json.value(end.character - start.character)
                        json.value(classes.firstIndex(of: token.kind) ?? 0)
                        json.value(token.isDeclaration ? 1 : 0)
                        last = start
                    }
                }
            }
        }
    }
}
