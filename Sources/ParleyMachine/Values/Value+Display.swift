import ParleyPatterns
import ParleyTLS
import ParleyWire

extension Value {
    /// The value as a person wants to read it under a source line: at most a line and about a
    /// hundred characters; a secret shows as `‹secret›`. Text of peers in it is still raw except
    /// for line ends.
    public var display: String { display(budget: 100) }

    private func display(budget: Int) -> String {
        switch self {
        case .secret: return "‹secret›"
        case .string(let text): return Value.quote(text, budget)
        case .bytes(let bytes):
            let shown = bytes.prefix(24).map(Value.hexadecimal).joined(separator: " ")
            return "\(bytes.count) octets: \(shown)\(bytes.count > 24 ? " …" : "")"
        case .size(let octets): return SizeText.describe(octets)
        case .none: return "none"
        case .unset: return "no value"
        case .reply(let record): return Value.cut(Value.oneLine(record.reply.summary), budget)
        case .list(let items):
            return "[\(Value.join(items.lazy.map { $0 }, count: items.count, budget))]"
        case .range(let lower, let upper): return "range(\(lower), \(upper - 1))"
        case .map(let map):
            var left = budget
            var parts: [String] = []
            for (name, value) in map.entries {
                guard left > 0 else {
                    parts.append("…")
                    break
                }
                let part = "\(Value.cut(name, 30)): \(value.display(budget: max(8, left / 2)))"
                left -= part.utf8.count + 2
                parts.append(part)
            }
            return "{\(parts.joined(separator: ", "))}"
        case .session(let session): return "\(session.label) \(session.peer)"
        case .server(let server): return "\(server.name) \(server.address)"
        case .log(let server): return "\(server.lines.count) lines of \(server.name)"
        case .record(let box): return Value.cut(Value.describe(box), budget)
        default: return Value.cut((try? text()) ?? kindName, budget)
        }
    }

    private static func describe(_ box: RecordBox) -> String {
        switch box.content {
        case .capabilities(let capabilities): capabilities.keywords.joined(separator: " ")
        case .tls(let tls): "\(tls.version) \(tls.cipher)"
        case .certificate(let certificate, _):
            certificate.subject.isEmpty
                ? certificate.names.joined(separator: ", ") : certificate.subject
        case .key(let certificate):
            "\(certificate.publicKeyKind) \(certificate.publicKeyBits) bits"
        case .pattern(let pattern): "/\(pattern.source)/"
        }
    }

    private static func join(_ items: some Sequence<Value>, count: Int, _ budget: Int) -> String {
        var left = budget
        var parts: [String] = []
        for item in items {
            guard left > 0, parts.count < 12 else {
                parts.append("… \(count) in all")
                break
            }
            let part = item.display(budget: max(8, left / 2))
            left -= part.utf8.count + 2
            parts.append(part)
        }
        return parts.joined(separator: ", ")
    }

    /// The text in quotes, its line ends and quotes escaped, cut to the budget.
    static func quote(_ text: String, _ budget: Int = 100) -> String {
        "\"\(cut(oneLine(text, escapingQuotes: true), budget))\""
    }

    /// The text with CR, LF, TAB and NUL written out.
    static func oneLine(_ text: String, escapingQuotes: Bool = false) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 >= 0x20 && $0 != 0x7F && (!escapingQuotes || ($0 != 0x22 && $0 != 0x5C))
        }
        guard !isPlain else { return text }
        var line = ""
        for scalar in text.unicodeScalars.prefix(4096) {
            switch scalar {
            case "\r": line += "\\r"
            case "\n": line += "\\n"
            case "\t": line += "\\t"
            case "\"" where escapingQuotes: line += "\\\""
            case "\\" where escapingQuotes: line += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                line += "\\x" + hexadecimal(UInt8(scalar.value))
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return byte < 16 ? "0" + digits : digits
    }

    static func cut(_ text: String, _ budget: Int) -> String {
        // Counting characters of hostile text is not bounded by its first hundred; octets are.
        guard text.utf8.count > budget else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: budget)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return text[..<end] + "…"
    }
}
