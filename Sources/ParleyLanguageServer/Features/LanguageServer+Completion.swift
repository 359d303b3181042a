import ParleyAssist
import ParleyDiagnostics

extension LanguageServer {
    /// `textDocument/completion`
    func completion(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let (document, offset) = try place(parameters)
        var assistant = assistant(document, at: offset)
        assistant.reasons = reasons
        let proposals = assistant.proposals(for: document.source, at: offset)
        let files = proposals.file.map { self.files($0, document) } ?? []
        let positions = workspace.positions(document.source)
        return { json in
            json.object { json in
                json.member("isIncomplete", false)
                json.key("items")
                json.array { json in
                    for (index, proposal) in proposals.list.enumerated() {
                        Self.write(proposal, index, proposals.range, positions, to: &json)
                    }
                    for file in files {
                        let range = SourceRange(offset - file.typed, offset)
                        Self.write(
                            file.name,
                            kind: file.name.hasSuffix("/") ? 19 : 17,
                            range,
                            positions,
                            to: &json
                        )
                    }
                }
            }
        }
    }

    /// `textDocument/signatureHelp`: what the verb, the statement or the function takes.
    func signatureHelp(_ parameters: JSONValue) throws(RPCError) -> (inout JSONWriter) -> Void {
        let (document, offset) = try place(parameters)
        let assistant = assistant(document, at: offset)
        guard let hint = assistant.hint(for: document.source, at: offset) else {
            return { $0.null() }
        }
        let label = hint.usage + (hint.success.isEmpty ? "" : " => \(hint.success)")
        let help = [hint.help, hint.reference].filter { !$0.isEmpty }.joined(separator: "\n")
        return { json in
            json.object { json in
                json.key("signatures")
                json.array { json in
                    json.object { json in
                        json.member("label", label)
                        json.member("documentation", help)
                        json.key("parameters")
                        json.array { json in
                            for argument in hint.arguments {
                                json.object { $0.member("label", argument) }
                            }
                        }
                    }
                }
                json.member("activeSignature", 0)
                if let argument = hint.argument { json.member("activeParameter", argument) }
            }
        }
    }

    private func assistant(_ document: Document, at offset: Int) -> Assistant {
        Assistant(document.analysis(workspace).study, at: offset)
    }

    /// The files that a path may go on to, and how much of the name is typed.
    private func files(_ path: String, _ document: Document) -> [(name: String, typed: Int)] {
        guard let script = document.path else { return [] }
        let folder = Workspace.parent(of: script)
        let slash = path.lastIndex(of: "/")
        let typed = slash.map { String(path[path.index(after: $0)...]) } ?? path
        let below = slash.map { "/" + path[..<$0] } ?? ""
        guard let resolved = workspace.files.resolve(folder + below),
            workspace.mayUse(resolved + "/x", main: document)
        else { return [] }
        return workspace.files.entries(resolved, typed).map { ($0, typed.utf8.count) }
    }

    private static func write(
        _ proposal: Proposal,
        _ index: Int,
        _ range: SourceRange,
        _ positions: TextPositions,
        to json: inout JSONWriter
    ) {
        write(
            proposal.text,
            kind: proposal.role.protocolNumber,
            detail: [proposal.obstacle, proposal.detail].filter { !$0.isEmpty }
                .joined(separator: ", "),
            help: [proposal.help, proposal.reference].filter { !$0.isEmpty }
                .joined(separator: "\n"),
            order: index,
            range,
            positions,
            to: &json
        )
    }

    private static func write(
        _ text: String,
        kind: Int,
        detail: String = "",
        help: String = "",
        order: Int = 0,
        _ range: SourceRange,
        _ positions: TextPositions,
        to json: inout JSONWriter
    ) {
        json.object { json in
            json.member("label", text)
            json.member("kind", kind)
            if !detail.isEmpty { json.member("detail", detail) }
            if !help.isEmpty { json.member("documentation", help) }
            let digits = "\(order)"
            json.member(
                "sortText",
                String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
            )
            json.member("filterText", text)
            json.key("textEdit")
            json.object { json in
                json.key("range")
                json.range(range, positions)
                json.member("newText", text)
            }
        }
    }
}

extension Proposal.Role {
    /// The protocol's `CompletionItemKind`.
    fileprivate var protocolNumber: Int {
        switch self {
        case .statement, .clause: 14
        case .verb, .dialogue: 2
        case .function: 3
        case .field: 5
        case .variable: 6
        case .server: 7
        case .session, .protocolName: 9
        case .parameter: 10
        case .value, .reply, .capability, .tag: 20
        case .symbol: 24
        case .kind: 25
        case .mailbox: 19
        }
    }
}
