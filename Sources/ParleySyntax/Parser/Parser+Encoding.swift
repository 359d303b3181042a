import ParleyDiagnostics

extension Parser {
    /// Reports what is not UTF-8, control characters, and characters that turn the direction of
    /// text, with which a script can show other than it says.
    mutating func checkEncoding() {
        var findings: [(problem: SyntaxProblem, message: String, range: SourceRange)] = []
        var offset = 0
        while offset < end, findings.count < 20 {
            let byte = bytes[offset]
            if byte >= 0x20, byte < 0x7F {
                offset += 1
            } else if byte < 0x80 {
                if let message = controlMessage(byte, at: offset) {
                    findings.append((.controlCharacter, message, SourceRange(offset, offset + 1)))
                }
                offset += 1
            } else if let (scalar, length) = scalar(at: offset) {
                let range = SourceRange(offset, offset + length)
                if isDirectional(scalar) {
                    let message = "\(hexadecimal(scalar)) changes the direction of text"
                    findings.append((.bidirectional, message, range))
                } else if scalar < 0xA0 {
                    let message = "the control character \(hexadecimal(scalar))"
                    findings.append((.controlCharacter, message, range))
                }
                offset += length
            } else {
                let message = "the octet 0x" + hexadecimalDigits(UInt32(byte), 2) + " is not UTF-8"
                findings.append((.encoding, message, SourceRange(offset, offset + 1)))
                offset += 1
            }
        }
        for finding in findings {
            errorsBefore = damage.count
            report(
                finding.problem,
                finding.message,
                finding.range,
                help: finding.problem == .encoding
                    ? "save the script as UTF-8; octets in strings are written `\\xHH`"
                    : "write an escape: `\\u{…}` or `\\xHH` in a string"
            )
        }
    }

    private func controlMessage(_ byte: UInt8, at offset: Int) -> String? {
        switch byte {
        case 0x09, 0x0A: return nil
        case 0x0D:
            return octet(at: offset + 1) == 0x0A && offset + 1 < end
                ? nil : "a CR without LF does not end a line"
        case 0x00: return "a NUL octet"
        default: return "the control character 0x" + hexadecimalDigits(UInt32(byte), 2)
        }
    }

    private func isDirectional(_ scalar: UInt32) -> Bool {
        (0x202A...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar)
            || scalar == 0x200E || scalar == 0x200F || scalar == 0x061C
    }

    private func hexadecimal(_ scalar: UInt32) -> String { "U+" + hexadecimalDigits(scalar, 4) }

    private func hexadecimalDigits(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// The well-formed UTF-8 scalar that begins at `offset`.
    private func scalar(at offset: Int) -> (value: UInt32, length: Int)? {
        let first = UInt32(bytes[offset])
        let (length, least): (Int, UInt32)
        var value: UInt32
        switch first {
        case 0xC2...0xDF: (length, least, value) = (2, 0x80, first & 0x1F)
        case 0xE0...0xEF: (length, least, value) = (3, 0x800, first & 0x0F)
        case 0xF0...0xF4: (length, least, value) = (4, 0x10000, first & 0x07)
        default: return nil
        }
        guard offset + length <= end else { return nil }
        for index in 1..<length {
            let next = bytes[offset + index]
            guard next & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3F)
        }
        guard value >= least, Unicode.Scalar(value) != nil else { return nil }
        return (value, length)
    }
}
