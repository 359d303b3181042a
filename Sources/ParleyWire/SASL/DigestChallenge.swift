/// A list of directives as DIGEST-MD5 has it: `realm="mail.test",nonce="…",qop="auth,auth-int"`.
struct DigestChallenge {
    /// RFC 2831 §2.1.1 allows a challenge fewer octets than that.
    static let limit = 2048

    /// The directives in order; names in lower case, values without their quotes.
    private(set) var directives: [(name: String, value: [UInt8])] = []

    /// Takes the list apart; `nil` if it is not one, or has `limit` octets or more.
    init?(_ message: [UInt8], limit: Int = limit) {
        guard message.count < limit else { return nil }
        var rest = message[...]
        while true {
            // Empty elements are allowed, and blanks around all of them.
            rest = rest.drop { $0 == 0x2C || Self.isBlank($0) }
            guard !rest.isEmpty else { return }
            let name = rest.prefix(while: Self.isToken)
            rest = rest.dropFirst(name.count).drop(while: Self.isBlank)
            guard !name.isEmpty, rest.first == 0x3D else { return nil }
            rest = rest.dropFirst().drop(while: Self.isBlank)
            guard let value = Self.takeValue(&rest) else { return nil }
            directives.append((String(decoding: name.map(\.asciiLower), as: UTF8.self), value))
            rest = rest.drop(while: Self.isBlank)
            guard rest.isEmpty || rest.first == 0x2C else { return nil }
        }
    }

    /// The values of all directives of that name.
    func values(of name: String) -> [[UInt8]] {
        directives.filter { $0.name == name }.map(\.value)
    }

    /// The value of a directive that stands exactly once.
    func only(_ name: String) -> [UInt8]? {
        let values = values(of: name)
        return values.count == 1 ? values.first : nil
    }

    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.first == 0x22 else {
            let token = rest.prefix(while: isToken)
            rest = rest.dropFirst(token.count)
            return token.isEmpty ? nil : Array(token)
        }
        var value: [UInt8] = []
        var isEscaped = false
        rest = rest.dropFirst()
        while let byte = rest.popFirst() {
            if isEscaped {
                value.append(byte)
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else if byte == 0x22 {
                return value
            } else {
                value.append(byte)
            }
        }
        return nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }

    /// RFC 2831 §7.1: no controls, blanks and separators.
    private static func isToken(_ byte: UInt8) -> Bool {
        0x21...0x7E ~= byte && !Array("()<>@,;:\\\"/[]?={}".utf8).contains(byte)
    }
}

extension UInt8 {
    /// The octet with `A`–`Z` as `a`–`z`.
    fileprivate var asciiLower: UInt8 { 0x41...0x5A ~= self ? self + 0x20 : self }
}
