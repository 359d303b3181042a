import ParleyDiagnostics

extension LanguageServer {
    /// Checks a text and tells what is wrong with it.
    func publishDiagnostics(of uri: String) {
        guard let document = workspace.documents[uri] else { return }
        let found = document.analysis(workspace).diagnostics
        notify("textDocument/publishDiagnostics") { json in
            json.object { json in
                json.member("uri", uri)
                if let version = document.version { json.member("version", version) }
                json.key("diagnostics")
                write(found, to: &json)
            }
        }
    }

    /// `textDocument/diagnostic`: the same, when the client asks.
    func pulledDiagnostics(
        _ parameters: JSONValue
    ) throws(RPCError) -> (inout JSONWriter) -> Void {
        let found = try document(parameters).analysis(workspace).diagnostics
        return { json in
            json.object { json in
                json.member("kind", "full")
                json.key("items")
                self.write(found, to: &json)
            }
        }
    }

    private func write(_ diagnostics: [Diagnostic], to json: inout JSONWriter) {
        json.array { json in
            for diagnostic in diagnostics { write(diagnostic, to: &json) }
        }
    }

    func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
        let place = diagnostic.primary.place
        json.object { json in
            json.key("range")
            json.range(place.range, workspace.positions(place.source))
            json.member("severity", diagnostic.severity.protocolNumber)
            json.member("code", diagnostic.code)
            json.member("source", "parley")
            json.member("message", Self.message(of: diagnostic))
            if diagnostic.code.hasPrefix("lint.unused") {
                json.key("tags")
                // Unnecessary: shown faded.
                json.array { $0.value(1) }
            }
            guard !diagnostic.secondary.isEmpty else { return }
            json.key("relatedInformation")
            json.array { json in
                for label in diagnostic.secondary {
                    json.object { json in
                        json.key("location")
                        self.write(label.place, to: &json)
                        json.member("message", label.text)
                    }
                }
            }
        }
    }

    /// What is wrong, what explains it, and the way out: a line each.
    private static func message(of diagnostic: Diagnostic) -> String {
        var lines = [diagnostic.message]
        if !diagnostic.primary.text.isEmpty { lines[0] += " (\(diagnostic.primary.text))" }
        lines += diagnostic.notes.map { "note: \($0)" }
        if let help = diagnostic.help { lines.append("help: \(help)") }
        return lines.joined(separator: "\n")
    }
}

extension Diagnostic.Severity {
    /// The protocol's number.
    fileprivate var protocolNumber: Int {
        switch self {
        case .error: 1
        case .warning: 2
        case .note: 3
        }
    }
}
