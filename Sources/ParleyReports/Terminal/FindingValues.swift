import ParleyDiagnostics
import ParleyMachine

/// What a judgement saw, in a few words behind its sentence: `: nearest SIZE 10240000`,
/// `: cert.remaining is 9d`.
struct FindingValues {
    let finding: Finding

    private static let limit = 3

    var text: String {
        guard finding.reason.hasPrefix("assert.") else { return "" }
        if let nearest = finding.nearest { return ": nearest \(nearest)" }
        let told = finding.values.lazy
            .filter { $0.text != "true" && $0.text != "false" }
            .compactMap { value in name(at: value.anchor).map { "\($0) is \(value.text)" } }
            .prefix(Self.limit)
        return told.isEmpty ? "" : ": " + told.joined(separator: ", ")
    }

    /// The expression that begins there, if it is a name or a call: what a literal or an operator
    /// has for a value can be read off the sentence.
    private func name(at anchor: Int) -> String? {
        let line = finding.place.source.lineBytes(finding.place.source.line(at: anchor))
        guard line.indices.contains(anchor), Self.isLetter(line[anchor]) else { return nil }
        var depth = 0
        let end = line[anchor...].firstIndex { octet in
            switch octet {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { return true }
            default:
                if depth == 0, !Self.isLetter(octet), !"0123456789._-".utf8.contains(octet) {
                    return true
                }
            }
            return false
        }
        return String(decoding: line[anchor..<(end ?? line.endIndex)], as: UTF8.self)
    }

    private static func isLetter(_ octet: UInt8) -> Bool {
        octet | 0x20 >= 0x61 && octet | 0x20 <= 0x7A
    }
}
