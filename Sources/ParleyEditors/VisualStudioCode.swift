import ParleyDiagnostics

/// What makes the folder of the TextMate grammar an extension of Visual Studio Code.
public enum VisualStudioCode {
    /// The text of `package.json`.
    public static var manifest: String {
        var writer = JSONWriter()
        writer.object { json in
            json.member("name", "parley")
            json.member("displayName", "Parley")
            json.member("description", "Colours, comments and brackets of Parley scripts")
            json.member("version", "1.0.0")
            json.member("publisher", "parley")
            json.key("engines")
            json.object { $0.member("vscode", "^1.60.0") }
            json.key("categories")
            json.array { $0.value("Programming Languages") }
            json.key("contributes")
            json.object { json in
                json.key("languages")
                json.array { $0.object(language) }
                json.key("grammars")
                json.array { list in
                    list.object { json in
                        json.member("language", "parley")
                        json.member("scopeName", "source.parley")
                        json.member("path", "./parley.tmLanguage.json")
                    }
                }
                json.key("configurationDefaults")
                json.object { json in
                    json.key("[parley]")
                    json.object { json in
                        json.member("editor.tabSize", 4)
                        json.member("editor.insertSpaces", true)
                    }
                }
            }
        }
        return IndentedJSON.text(of: writer.text)
    }

    private static func language(_ json: inout JSONWriter) {
        json.member("id", "parley")
        json.key("aliases")
        json.array { $0.value("Parley") }
        json.key("extensions")
        json.array { $0.value(".parley") }
        json.member("firstLine", "^#!.*\\bparley\\b")
        json.member("configuration", "./language-configuration.json")
    }

    private static let brackets = [("{", "}"), ("(", ")"), ("[", "]")]

    /// The text of `language-configuration.json`.
    public static var configuration: String {
        var writer = JSONWriter()
        writer.object { json in
            json.key("comments")
            json.object { $0.member("lineComment", "#") }
            json.key("brackets")
            pairs(brackets, &json)
            json.key("autoClosingPairs")
            json.array { list in
                for (open, close) in brackets + [("\"", "\"")] {
                    list.object { json in
                        json.member("open", open)
                        json.member("close", close)
                        json.key("notIn")
                        json.array { outside in
                            outside.value("comment")
                            // `${` is closed in strings as well.
                            if open != "{" { outside.value("string") }
                        }
                    }
                }
            }
            json.key("surroundingPairs")
            pairs(brackets + [("\"", "\"")], &json)
            json.member("wordPattern", "[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
            json.key("indentationRules")
            json.object { json in
                json.member("increaseIndentPattern", "^[^#]*[{(\\[]\\s*(?:#.*)?$")
                json.member("decreaseIndentPattern", "^\\s*[})\\]]")
            }
        }
        return IndentedJSON.text(of: writer.text)
    }

    private static func pairs(_ pairs: [(String, String)], _ json: inout JSONWriter) {
        json.array { list in
            for (open, close) in pairs {
                list.array { pair in
                    pair.value(open)
                    pair.value(close)
                }
            }
        }
    }
}
