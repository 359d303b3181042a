import ParleyMachine
import ParleyPatterns
import ParleyReports
import ParleyTLS
import ParleyVerbs
import ParleyWire

/// Values as a person at the prompt wants to read them: every kind in its own way, peers' text in
/// it made safe.
struct ValueText {
    let text: LiveText
    /// The wall clock in nanoseconds since 1970, for what is told in days; `nil` if it is not
    /// known.
    var now: Int64?

    /// How many elements of a list show.
    private static let elementLimit = 200
    /// How many lines of a text show.
    private static let lineLimit = 500

    /// The lines of a value.
    func lines(of value: Value) -> [String] {
        switch value {
        case .string(let string): return lines(ofText: string)
        case .bytes(let octets): return lines(ofOctets: octets)
        case .reply(let record): return lines(of: record.reply)
        case .code(let code): return ["\(code)" + text.dim("  \(CodeMeaning.text(of: code))")]
        case .enhanced(let status):
            let shown = value.display
            let known = EnhancedStatus(
                Int(status.severity),
                Int(status.subject),
                Int(status.detail)
            )
            return [shown + (known.map { text.dim("  \(CodeMeaning.text(of: $0))") } ?? "")]
        case .instant(let nanoseconds):
            return [InstantText.utc(nanoseconds / 1_000_000_000) + distance(to: nanoseconds)]
        case .list(let items): return lines(ofList: items)
        case .map(let map):
            guard !map.entries.isEmpty else { return ["{}"] }
            return table(map.entries.map { ($0.name, $0.value.display) })
        case .server(let server):
            return [text.safe("\(server.name)  \(server.address)")]
                + [text.dim("it has noted \(server.lines.count) lines: .log")]
        case .log(let server):
            return cut(server.lines.map { text.safe($0) }, "lines")
        case .session(let session):
            let line = "\(session.label)  \(session.protocolName) \(session.peer)"
            return [text.safe(line) + text.dim(text.safe("  \(session.state)"))]
        case .record(let box): return lines(of: box)
        case .none: return [text.dim("none")]
        case .unset, .bool, .int, .float, .duration, .size, .tlsVersion, .address, .domain, .ip,
            .endpoint, .range, .secret:
            return [text.safe(value.display)]
        }
    }

    private func lines(of box: RecordBox) -> [String] {
        switch box.content {
        case .capabilities(let capabilities): lines(of: capabilities)
        case .tls(let summary): lines(of: summary)
        case .certificate(let certificate, let chain):
            lines(of: certificate)
                + (chain.count > 1
                    ? [text.dim("\(chain.count - 1) more in its chain: `:cert` shows all")] : [])
        case .key(let certificate):
            ["\(certificate.publicKeyKind) \(certificate.publicKeyBits) bits"]
                + table([("pin", certificate.publicKeyPin)])
        case .pattern(let pattern):
            [text.safe("/\(pattern.source)/\(pattern.isCaseInsensitive ? "i" : "")")]
        }
    }

    /// Several lines as they are, one line in quotes, in which blanks at its ends can be seen.
    private func lines(ofText string: String) -> [String] {
        let lines = string.split(
            omittingEmptySubsequences: false,
            whereSeparator: { $0 == "\n" || $0 == "\r\n" }
        )
        guard lines.count > 1 else {
            let isShort = string.utf8.count <= 90
            return [isShort ? text.safe(Value.string(string).display) : text.safe("\"\(string)\"")]
        }
        return cut(lines.map { text.safe(String($0)) }, "lines")
    }

    /// Text where it is such, octets otherwise.
    private func lines(ofOctets octets: [UInt8]) -> [String] {
        guard !octets.isEmpty else { return ["0 octets"] }
        return HexDump.lines(" ", octets) + [text.dim("\(octets.count) octets")]
    }

    private func lines(ofList items: [Value]) -> [String] {
        guard !items.isEmpty else { return ["[]" + text.dim("  empty")] }
        guard items.count > 1 else { return ["[\(text.safe(items[0].display))]"] }
        let width = "\(min(items.count, Self.elementLimit) - 1)".count
        let shown = items.prefix(Self.elementLimit).enumerated().map { number, item in
            let digits = "\(number)"
            let gap = String(repeating: " ", count: width - digits.count)
            return text.dim(gap + digits) + " " + text.safe(item.display)
        }
        return items.count > Self.elementLimit
            ? shown + [text.dim("… \(items.count) in all")] : shown
    }

    private func cut(_ lines: [String], _ what: String) -> [String] {
        guard lines.count > Self.lineLimit else { return lines }
        return lines.prefix(Self.lineLimit) + [text.dim("… \(lines.count) \(what) in all")]
    }

    /// A reply as it stood on the wire, its code coloured by what it means.
    func lines(of reply: Reply) -> [String] {
        reply.lines.enumerated().map { number, line in
            let isLast = number == reply.lines.count - 1
            if reply.status != nil, !isLast { return text.dim("* ") + text.safe(line) }
            let code = "\(reply.verdict)\(isLast ? " " : "-")"
            let shown = reply.isRefusal ? text.bad(code) : text.good(code)
            return shown + text.safe(line)
        }
    }

    /// What the codes of a reply mean.
    func meaning(of reply: Reply) -> [String] {
        let meaning = reply.status.map { CodeMeaning.text(of: $0.word.rawValue) }
        var rows = [(reply.verdict, meaning ?? CodeMeaning.text(of: reply.code))]
        if let status = reply.enhanced { rows.append(("\(status)", CodeMeaning.text(of: status))) }
        return table(rows).map { "  " + $0 }
    }

    /// What a server offers, one keyword a line.
    func lines(of capabilities: Capabilities) -> [String] {
        guard !capabilities.all.isEmpty else { return [text.dim("nothing is offered")] }
        return capabilities.all.map { capability in
            ([text.bold(text.safe(capability.keyword))] + capability.parameters.map(text.safe))
                .joined(separator: " ")
        }
    }

    /// What a handshake agreed on.
    func lines(of tls: TLSSummary) -> [String] {
        var rows = [("version", tls.version), ("cipher", tls.cipher)]
        if let group = tls.group { rows.append(("group", group)) }
        if let algorithm = tls.signatureAlgorithm { rows.append(("signature", algorithm)) }
        if let alpn = tls.alpn { rows.append(("alpn", alpn)) }
        rows.append(("resumed", tls.resumed ? "yes" : "no"))
        rows.append(("stapled", tls.stapled ? "yes" : "no"))
        if let isDANE = tls.isDANE { rows.append(("dane", isDANE ? "matches" : "no match")) }
        let state = tls.verified ? text.good("verified") : text.warning("not verified")
        return table(rows) + [state]
            + tls.problems.map { text.bad(text.safe("\($0.reason): \($0.detail)")) }
    }

    /// Names and values in two columns.
    func table(_ rows: [(name: String, value: String)]) -> [String] {
        let width = rows.map { text.width($0.name) }.max() ?? 0
        return rows.map { row in
            let gap = String(repeating: " ", count: width - text.width(row.name) + 2)
            return text.dim(text.safe(row.name)) + gap + text.safe(row.value)
        }
    }

    /// `  in 12 days`, `  12 days ago`.
    private func distance(to nanoseconds: Int64) -> String {
        guard let now else { return "" }
        let (difference, overflows) = nanoseconds.subtractingReportingOverflow(now)
        guard !overflows, difference.magnitude >= 1_000_000_000 else { return "" }
        let size = Value.duration(Int64(clamping: difference.magnitude)).display
        return text.dim(difference < 0 ? "  \(size) ago" : "  in \(size)")
    }
}
