import ParleyDiagnostics

/// What the server tells the client that it can do.
enum ServerCapabilities {
    /// Characters behind which completion is asked for without being called.
    private static let completionTriggers = [".", "$", "{", "=", ":", "[", "\"", "/", ">", " "]

    static func write(to json: inout JSONWriter, _ encoding: PositionEncoding) {
        json.object { json in
            json.member("positionEncoding", encoding.rawValue)
            json.key("textDocumentSync")
            json.object { json in
                json.member("openClose", true)
                // Incremental; a change without a range is the whole text.
                json.member("change", 2)
                json.key("save")
                json.object { $0.member("includeText", false) }
            }
            for name in [
                "hoverProvider", "documentFormattingProvider", "definitionProvider",
                "referencesProvider", "documentHighlightProvider", "documentSymbolProvider",
            ] {
                json.member(name, true)
            }
            json.key("completionProvider")
            json.object { json in
                json.key("triggerCharacters")
                strings(completionTriggers, &json)
            }
            json.key("signatureHelpProvider")
            json.object { json in
                json.key("triggerCharacters")
                strings([" ", "(", ","], &json)
            }
            json.key("renameProvider")
            json.object { $0.member("prepareProvider", true) }
            json.key("codeActionProvider")
            json.object { json in
                json.key("codeActionKinds")
                strings(["quickfix"], &json)
            }
            // Diagnostics are pushed. Who asks for them gets them, but a client that is told so
            // shows each of them twice.
            json.key("semanticTokensProvider")
            json.object { json in
                json.member("full", true)
                json.key("legend")
                json.object { json in
                    json.key("tokenTypes")
                    strings(SemanticToken.Class.allCases.map(\.rawValue), &json)
                    json.key("tokenModifiers")
                    strings(["declaration"], &json)
                }
            }
            json.key("workspace")
            json.object { json in
                json.key("workspaceFolders")
                json.object { json in
                    json.member("supported", true)
                    json.member("changeNotifications", true)
                }
            }
        }
    }

    private static func strings(_ strings: [String], _ json: inout JSONWriter) {
        json.array { list in
            for string in strings { list.value(string) }
        }
    }
}
