/// `file:` URIs (RFC 8089) and the paths that they name.
enum FileURI {
    /// The absolute path; `nil` for a URI of another scheme, of another host, or a malformed one.
    static func path(_ uri: String) -> String? {
        let bytes = Array(uri.utf8)
        guard bytes.count > 7,
            String(decoding: bytes[..<7], as: UTF8.self).lowercased() == "file://"
        else { return nil }
        var rest = bytes[7...]
        let host = rest.prefix { $0 != UInt8(ascii: "/") }
        guard host.isEmpty || host.elementsEqual("localhost".utf8) else { return nil }
        rest = rest.dropFirst(host.count)
        var path: [UInt8] = []
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                path.append(byte)
                continue
            }
            let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            guard digits.count == 2 else { return nil }
            rest = rest.dropFirst(2)
            path.append(UInt8(digits[0] * 16 + digits[1]))
        }
        guard path.first == UInt8(ascii: "/"), !path.contains(0) else { return nil }
        return String(validating: path, as: UTF8.self)
    }

    /// The URI of an absolute path.
    static func uri(_ path: String) -> String {
        var uri = "file://"
        for byte in path.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                || "/-._~".utf8.contains(byte)
            if isPlain {
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                uri += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return uri
    }
}
