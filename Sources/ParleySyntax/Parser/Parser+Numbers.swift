import ParleyDiagnostics

extension Parser {
    /// A number with its unit, or an enhanced code.
    mutating func parseNumber() -> Expression {
        let start = position
        let stop = endOfNumber(from: start)
        let range = SourceRange(start, stop)
        let written = text(start, stop)
        emit(.number, upTo: stop)
        let literal: Literal
        switch Literal.read(number: written) {
        case .success(let value): literal = value
        case .failure(let failure):
            reportNumber(failure, written, range)
            return Expression(range: range, kind: .missing)
        }
        return Expression(range: range, kind: .literal(literal))
    }

    /// Digits, letters, and dots that a digit or `x` follows.
    private func endOfNumber(from offset: Int) -> Int {
        var offset = offset
        while offset < end {
            let next = octet(at: offset + 1)
            if isNameByte(bytes[offset]) {
                offset += 1
            } else if bytes[offset] == UInt8(ascii: "."), isDigit(next) || next == 0x78 {
                offset += 1
            } else {
                break
            }
        }
        return offset
    }

    private mutating func reportNumber(
        _ failure: NumberFailure,
        _ written: String,
        _ range: SourceRange
    ) {
        let shown = shown(range)
        switch failure {
        case .tooLarge:
            report(.numberTooLarge, "‘\(shown)’ is too large", range)
        case .unit(let unit):
            let units = Keywords.durationUnits.map(\.unit) + Keywords.sizeUnits.map(\.unit)
            let near =
                Self.commonUnits[unit == "M" ? "mb" : unit.asciiLowercase]
                ?? Suggestion.nearest(to: unit, among: units)
            report(
                .unknownUnit,
                "‘\(DisplayText.safe(unit, limit: 20))’ is not a unit",
                range,
                notes: ["durations: ns us ms s m h d; sizes: B KB MB GB KiB MiB GiB"],
                help: near.map { "did you mean `\(written.dropLast(unit.utf8.count))\($0)`?" }
            )
        case .codePattern:
            let bounds = ["0", "9"].map { written.replacing("x", with: $0) }
            report(
                .codePlace,
                "‘\(shown)’ is a pattern for codes, which stands only behind ‘=>’",
                range,
                help: "judge it where it comes, `VERB => \(written) as r`, or write "
                    + "`reply.code >= \(bounds[0]) and reply.code <= \(bounds[1])`"
            )
        case .address:
            report(
                .bareAddress,
                "an address in an expression stands in quotes",
                range,
                help: "write `\"\(shown)\"`",
                fix: (range, "\"\(written)\"")
            )
        case .enhanced:
            report(
                .enhancedCode,
                "‘\(shown)’ is no enhanced code",
                range,
                help: "enhanced codes begin with 2, 4 or 5 (RFC 3463): `5.1.1`, `5.7.x`"
            )
        case .other:
            report(.unknownUnit, "‘\(shown)’ is not a number", range)
        }
    }

    static let commonUnits = [
        "sec": "s", "secs": "s", "second": "s", "seconds": "s", "min": "m", "mins": "m",
        "minute": "m", "minutes": "m", "hour": "h", "hours": "h", "hr": "h", "day": "d",
        "days": "d", "msec": "ms", "byte": "B", "bytes": "B", "b": "B", "k": "KB", "kb": "KB",
        "mb": "MB", "g": "GB", "gb": "GB", "kib": "KiB", "mib": "MiB", "gib": "GiB", "mo": "MB",
    ]
}

extension String {
    /// The string with `A`–`Z` as `a`–`z`.
    var asciiLowercase: String {
        String(
            decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0 },
            as: UTF8.self
        )
    }
}
