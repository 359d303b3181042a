internal import ParleyVerbs

/// The server's first message of SCRAM, RFC 5802 §7: `r=…,s=…,i=4096`.
struct ScramServerFirst {
    /// The iterations that are accepted. Fewer than 4096 are weak, but the server's business; a
    /// million take about half a second, so no server can keep us busy for longer.
    static let iterationBounds = 1...1_000_000

    var nonce: [UInt8]
    var salt: [UInt8]
    var iterations: Int

    /// Takes the message apart; it must extend `nonce`, or it answers somebody else.
    init(_ message: [UInt8], extending nonce: [UInt8], _ name: String) throws(WireError) {
        let parts = message.split(separator: 0x2C, omittingEmptySubsequences: false)
        func value(_ index: Int, _ attribute: Unicode.Scalar) -> ArraySlice<UInt8>? {
            guard parts.indices.contains(index) else { return nil }
            let part = parts[index]
            guard part.starts(with: [UInt8(ascii: attribute), 0x3D]) else { return nil }
            return part.dropFirst(2)
        }
        guard value(0, "m") == nil else {
            throw .refused(name, "the server demands an extension (m=) that nobody here knows")
        }
        guard let theirs = value(0, "r") else {
            throw .refused(name, "the server's first message lacks its nonce (r=)")
        }
        guard theirs.starts(with: nonce) else {
            throw .refused(name, "the server's nonce does not extend ours")
        }
        guard theirs.count > nonce.count, theirs.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw .refused(name, "the server adds no nonce of its own, or no printable one")
        }
        guard let salt = value(1, "s") else {
            throw .refused(name, "the server's first message lacks its salt (s=)")
        }
        guard let salt = Base64.decode(salt), !salt.isEmpty else {
            throw .refused(name, "the server's salt is empty or no base64")
        }
        guard let digits = value(2, "i") else {
            throw .refused(name, "the server's first message lacks its iteration count (i=)")
        }
        guard let count = Self.number(digits), Self.iterationBounds.contains(count) else {
            let bounds = "\(Self.iterationBounds.lowerBound) to \(Self.iterationBounds.upperBound)"
            throw .refused(name, "the server's iteration count is no number from \(bounds)")
        }
        self.nonce = Array(theirs)
        self.salt = salt
        self.iterations = count
    }

    /// `posit-number`: no sign, no leading zero; at most nine digits, so that it cannot overflow.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.first == 0x30 ? nil : digits.decimalNumber(digits: 9)
    }
}
