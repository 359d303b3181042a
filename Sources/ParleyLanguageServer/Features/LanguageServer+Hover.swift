import ParleyAssist
import ParleyDiagnostics
import ParleySemantics

extension LanguageServer {
    /// `textDocument/hover`: a name's kind, a verb's row, what a reply or a reason means.
    func hover(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let (document, offset) = try place(parameters)
        let study = document.analysis(workspace).study
        guard let telling = study.telling(at: offset, explain: explain) else {
            return { $0.null() }
        }
        let lines = telling.lines.joined(separator: "\n")
        let text =
            showsMarkdown
            ? "```parley\n\(telling.title)\n```\n\(Self.markdown(telling.lines))"
            : telling.title + "\n" + lines
        return { [workspace, showsMarkdown] json in
            json.object { json in
                json.key("contents")
                json.object { json in
                    json.member("kind", showsMarkdown ? "markdown" : "plaintext")
                    json.member("value", text)
                }
                json.key("range")
                json.range(telling.range, workspace.positions(document.source))
            }
        }
    }

    /// Lines whose signs mean nothing but themselves.
    static func markdown(_ lines: [String]) -> String {
        lines.map { line in
            var text = ""
            for character in line {
                if "\\`*_{}[]<>#|!".contains(character) { text.append("\\") }
                text.append(character)
            }
            return text
        }
        .joined(separator: "  \n")
    }
}
