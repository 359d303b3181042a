import ParleyDiagnostics
import ParleySyntax

extension LanguageServer {
    /// `textDocument/formatting`: one edit from the first line that changes to the last. A script
    /// with syntax errors is left alone, as `parley fmt` leaves it.
    func formatting(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let document = try document(parameters)
        let (tree, problems) = document.syntax
        guard !problems.contains(where: { $0.severity == .error }) else {
            return { $0.array { _ in } }
        }
        let edit = Self.edit(document.source.bytes, Array(Formatter.format(tree).utf8))
        let positions = workspace.positions(document.source)
        return { json in
            json.array { json in
                guard let edit else { return }
                json.object { json in
                    json.key("range")
                    json.range(edit.range, positions)
                    json.member("newText", edit.text)
                }
            }
        }
    }

    /// What turns one text into another: whole lines; `nil` if nothing does.
    static func edit(_ old: [UInt8], _ new: [UInt8]) -> (range: SourceRange, text: String)? {
        guard old != new else { return nil }
        var start = zip(old, new).prefix { $0 == $1 }.count
        while start > 0, old[start - 1] != 0x0A { start -= 1 }
        var end = (old: old.count, new: new.count)
        while end.old > start, end.new > start, old[end.old - 1] == new[end.new - 1] {
            end = (end.old - 1, end.new - 1)
        }
        // Forward to the end of a line, which is the same in both.
        while end.old < old.count,
            end.old == start || old[end.old - 1] != 0x0A
                || end.new == start || new[end.new - 1] != 0x0A
        {
            end = (end.old + 1, end.new + 1)
        }
        let range = SourceRange(start, end.old)
        return (range, String(decoding: new[start..<end.new], as: UTF8.self))
    }
}
