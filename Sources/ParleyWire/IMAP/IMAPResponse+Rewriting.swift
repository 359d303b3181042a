extension IMAPResponse {
    /// A response with what `change` makes of its octets; a literal that becomes longer or shorter
    /// is announced as long as it is then.
    public static func rewriting(_ octets: [UInt8], _ change: ([UInt8]) -> [UInt8]) -> [UInt8] {
        let whole = change(octets)
        guard whole != octets, octets.starts(with: [0x2A, 0x20]) else { return whole }
        var result: [UInt8] = []
        var rest = octets[...]
        while let feed = rest.firstIndex(of: 0x0A) {
            let line = rest[...feed]
            guard let size = line.withUnsafeBytes({ LiteralHeader(endOf: $0) })?.size,
                size <= rest.endIndex - feed - 1, let brace = line.lastIndex(of: 0x7B)
            else { break }
            let end = feed + 1 + size
            let literal = change(Array(rest[(feed + 1)..<end]))
            result += change(Array(line[..<brace]))
            result += Array("{\(literal.count)}\r\n".utf8) + literal
            rest = rest[end...]
        }
        result += change(Array(rest))
        // What reaches across the end of a literal goes before its length.
        return change(result) == result ? result : whole
    }
}
