/// Tells IP addresses from other text, without asking the operating system.
enum IPLiteral {
    /// Four decimal numbers up to 255 without leading zeros.
    static func isIPv4(_ text: some Collection<UInt8>) -> Bool {
        let parts = text.split(separator: 0x2E, omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard 1...3 ~= part.count, part.allSatisfy({ 0x30...0x39 ~= $0 }) else {
                    return false
                }
                guard part.count == 1 || part.first != 0x30 else { return false }
                return part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
            }
    }

    /// Eight groups of up to four hexadecimal digits, the last two perhaps an IPv4 address, one run
    /// of zero groups perhaps left out (RFC 4291 §2.2).
    static func isIPv6(_ text: some Collection<UInt8>) -> Bool {
        var groups = text.split(separator: 0x3A, omittingEmptySubsequences: false)
            .map { Array($0) }
        guard 3...9 ~= groups.count else { return false }
        // "::" at an end gives two empty groups there; a single colon there gives one.
        if groups[0].isEmpty {
            guard groups[1].isEmpty else { return false }
            groups.removeFirst()
        }
        if let last = groups.last, last.isEmpty {
            guard groups.count >= 2, groups[groups.count - 2].isEmpty else { return false }
            groups.removeLast()
        }
        var count = 0
        var gaps = 0
        for (index, group) in groups.enumerated() {
            if group.isEmpty {
                gaps += 1
            } else if index == groups.count - 1, group.contains(0x2E) {
                guard isIPv4(group) else { return false }
                count += 2
            } else {
                guard group.count <= 4, group.allSatisfy(isHexadecimal) else { return false }
                count += 1
            }
        }
        return gaps == 0 ? count == 8 : gaps == 1 && count <= 7
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
