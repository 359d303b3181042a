extension Diagnostic {
    /// Writes the diagnostic as a JSON object.
    ///
    /// Keys: `code severity message file line column endLine endColumn label`, and where there are
    /// any `labels` (of the other places), `notes`, `help` and `fix` (`replacement` with its
    /// place). Lines and columns count from 1, columns in octets.
    public func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("code", code)
            json.member("severity", severity.rawValue)
            json.member("message", message)
            primary.place.writeMembers(to: &json)
            json.member("label", primary.text)
            if !secondary.isEmpty {
                json.key("labels")
                json.array { json in
                    for label in secondary {
                        json.object { json in
                            label.place.writeMembers(to: &json)
                            json.member("label", label.text)
                        }
                    }
                }
            }
            if !notes.isEmpty {
                json.key("notes")
                json.array { json in
                    for note in notes { json.value(note) }
                }
            }
            json.member("help", ifPresent: help)
            if let fixIt {
                json.key("fix")
                json.object { json in
                    fixIt.place.writeMembers(to: &json)
                    json.member("replacement", fixIt.replacement)
                }
            }
        }
    }

    /// The diagnostic as a line of JSON, without a newline.
    public var json: String {
        var json = JSONWriter()
        write(to: &json)
        return json.text
    }
}

extension SourcePlace {
    fileprivate func writeMembers(to json: inout JSONWriter) {
        let start = source.position(at: range.start)
        let end = source.position(at: max(range.start, range.end))
        json.member("file", source.name)
        json.member("line", start.line)
        json.member("column", start.column)
        json.member("endLine", end.line)
        json.member("endColumn", end.column)
    }
}
