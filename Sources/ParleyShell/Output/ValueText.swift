import ParleyMachine
import ParleyReports
import ParleyTLS
import ParleyWire

/// Values as a person at the prompt wants to read them.
struct ValueText {
    let text: LiveText

    /// The lines of a value; peers' text in it is made safe.
    func lines(of value: Value) -> [String] {
        switch value {
        case .reply(let record): return lines(of: record.reply)
        case .list(let items) where items.count > 1:
            return items.prefix(200).enumerated().map { number, item in
                "\(text.dim("\(number)")) \(text.safe(item.display))"
            } + (items.count > 200 ? [text.dim("… \(items.count) in all")] : [])
        case .record(let box):
            switch box.content {
            case .capabilities(let capabilities): return lines(of: capabilities)
            case .tls(let summary): return lines(of: summary)
            case .certificate(let certificate, _): return lines(of: certificate)
            default: return [text.safe(value.display)]
            }
        default: return [text.safe(value.display)]
        }
    }

    /// A reply as it stood on the wire, its enhanced code marked.
    func lines(of reply: Reply) -> [String] {
        reply.lines.enumerated().map { number, line in
            let isLast = number == reply.lines.count - 1
            let code = "\(reply.code)\(isLast ? " " : "-")"
            let shown = reply.code < 400 ? text.good(code) : text.bad(code)
            return shown + text.safe(line)
        }
    }

    /// What a server offers, one keyword a line.
    func lines(of capabilities: Capabilities) -> [String] {
        capabilities.all.map { capability in
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
        var lines = table(rows)
        lines.append(
            tls.verified ? text.good("verified") : text.warning("not verified")
        )
        lines += tls.problems.map { text.bad(text.safe("problem: \($0)")) }
        return lines
    }

    /// A certificate, its dates in UTC.
    func lines(of certificate: Certificate) -> [String] {
        table([
            ("subject", certificate.subject), ("issuer", certificate.issuer),
            ("names", certificate.names.joined(separator: ", ")),
            ("starts", InstantText.utc(certificate.notBefore)),
            ("expires", InstantText.utc(certificate.notAfter)),
            ("key", "\(certificate.publicKeyKind) \(certificate.publicKeyBits)"),
            ("signature", certificate.signatureAlgorithm), ("serial", certificate.serial),
            ("sha256", certificate.sha256),
        ])
    }

    /// Names and values in two columns.
    func table(_ rows: [(name: String, value: String)]) -> [String] {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { row in
            let gap = String(repeating: " ", count: width - row.name.count + 2)
            return text.dim(row.name) + gap + text.safe(row.value)
        }
    }
}
