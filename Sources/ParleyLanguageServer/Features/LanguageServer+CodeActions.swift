import ParleyAssist
import ParleyDiagnostics

extension LanguageServer {
    /// `textDocument/codeAction`: the mendings of what is wrong in a range.
    func codeActions(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let document = try document(parameters)
        let positions = workspace.positions(document.source)
        let wanted = parameters["range"]
        let start = offset(wanted["start"], positions)
        let end = offset(wanted["end"], positions)
        let only = parameters["context"]["only"].array.compactMap(\.string)
        let wantsFixes = only.isEmpty || only.contains { $0 == "quickfix" || $0.isEmpty }
        let found =
            !wantsFixes
            ? []
            : document.analysis(workspace).diagnostics.filter {
                let range = $0.primary.place.range
                return range.start <= end && start <= range.end
            }
        let actions = found.compactMap { diagnostic in
            diagnostic.mending.flatMap { fixIt in
                fixIt.place.source === document.source ? (diagnostic, fixIt) : nil
            }
        }
        return { json in
            json.array { json in
                for (diagnostic, fixIt) in actions {
                    json.object { json in
                        json.member("title", Self.title(of: fixIt))
                        json.member("kind", "quickfix")
                        json.member("isPreferred", true)
                        json.key("diagnostics")
                        json.array { self.write(diagnostic, to: &$0) }
                        json.key("edit")
                        json.object { json in
                            json.key("changes")
                            json.object { json in
                                json.key(document.uri)
                                json.array { json in
                                    json.object { json in
                                        json.key("range")
                                        json.range(fixIt.place.range, positions)
                                        json.member("newText", fixIt.replacement)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func title(of fixIt: Diagnostic.FixIt) -> String {
        let old = fixIt.place.source.text(fixIt.place.range)
        let new = fixIt.replacement
        if old.isEmpty { return "Insert ‘\(new)’" }
        return new.isEmpty ? "Remove ‘\(old)’" : "Replace ‘\(old)’ by ‘\(new)’"
    }
}
