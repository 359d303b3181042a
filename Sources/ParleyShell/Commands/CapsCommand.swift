import ParleyEngine
import ParleyReports
import ParleyWire

/// `:caps`
struct CapsCommand: ShellCommand {
    let name = "caps"
    let help = "what the server offers and what it is good for; under TLS, what differs from before"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        guard let session = await shell.sessionToShow() else { return .mistaken }
        guard let offered = session.capabilities else {
            return shell.complain(
                "nothing is known of what the server offers",
                help: session.tls == nil
                    ? "say `ehlo`" : "TLS made it forget EHLO: say `ehlo` again"
            )
        }
        // What was said in clear is compared with what is said now.
        let before = session.tls == nil ? nil : shell.capabilitiesInClear[session.slot]
        let rows = Self.rows(offered, before: before)
        shell.output.show { text in
            guard !rows.isEmpty else { return ["the server offers nothing"] }
            let width = min(40, rows.map { text.width(text.safe($0.line)) }.max() ?? 0)
            var lines = rows.map { row in
                let line = text.safe(row.line)
                let gap = String(repeating: " ", count: max(2, width - text.width(line) + 2))
                let mark = before == nil ? "" : row.mark + " "
                let shown =
                    switch row.mark {
                    case "+": text.good(mark + line)
                    case "-": text.dim(mark + line)
                    default: mark + text.bold(line)
                    }
                return row.meaning.isEmpty ? shown : shown + gap + text.dim(row.meaning)
            }
            if before != nil {
                lines.append(text.dim("+ under TLS only, - before TLS only, ~ changed by TLS"))
            }
            return lines
        }
        return .done
    }

    private typealias Row = (mark: String, line: String, meaning: String)

    private static func rows(_ offered: Capabilities, before: Capabilities?) -> [Row] {
        var rows = offered.keywords.map { keyword -> Row in
            let line = line(of: keyword, offered)
            var mark = " "
            if let before {
                if !before.offers(keyword) {
                    mark = "+"
                } else if self.line(of: keyword, before) != line {
                    mark = "~"
                }
            }
            return (mark, line, CapabilityMeaning.text(of: keyword))
        }
        for keyword in before?.keywords ?? [] where !offered.offers(keyword) {
            let text = before.map { line(of: keyword, $0) } ?? keyword
            rows.append(("-", text, CapabilityMeaning.text(of: keyword)))
        }
        return rows
    }

    private static func line(of keyword: String, _ offered: Capabilities) -> String {
        ([keyword] + (offered.parameters(of: keyword) ?? [])).joined(separator: " ")
    }
}
