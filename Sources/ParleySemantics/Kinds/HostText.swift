import Glibc

/// Hosts, addresses and endpoints as scripts write them.
enum HostText {
    /// Whether `text` is a domain: labels of letters, digits, `-` and `_` joined by dots, or
    /// letters beyond ASCII, which IDNA takes care of.
    static func isDomain(_ text: String) -> Bool {
        var text = Substring(text)
        if text.last == "." { text = text.dropLast() }
        guard !text.isEmpty, text.utf8.count <= 253 else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy(isDomainByte)
        }
    }

    private static func isDomainByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x80...: true
        default: false
        }
    }

    /// Whether `text` is a domain or an address literal (RFC 5321 §4.1.3), as EHLO takes it.
    static func isDomainOrLiteral(_ text: String) -> Bool {
        guard text.first == "[" else { return isDomain(text) }
        guard text.last == "]" else { return false }
        var inner = text.dropFirst().dropLast()
        if inner.prefix(5).lowercased() == "ipv6:" {
            inner = inner.dropFirst(5)
            return inner.contains(":") && canonicalIP(String(inner)) != nil
        }
        return !inner.contains(":") && canonicalIP(String(inner)) != nil
    }

    /// The usual spelling of an IP address; `nil` if it is none.
    static func canonicalIP(_ text: String) -> String? {
        let family = text.contains(":") ? AF_INET6 : AF_INET
        return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { address in
            guard inet_pton(family, text, address.baseAddress) == 1 else { return nil }
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { name in
                guard inet_ntop(family, address.baseAddress, name.baseAddress, 64) != nil else {
                    return nil
                }
                return String(
                    decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
                    as: UTF8.self
                )
            }
        }
    }

    /// What is wrong with `HOST[:PORT]`, `[IPV6]:PORT` or `unix:/path`; `nil` if nothing is.
    static func endpointProblem(_ text: String, allowsAuto: Bool = false) -> ConstantProblem? {
        if text.hasPrefix("unix:") {
            guard text.utf8.count > 5 else {
                return ConstantProblem("no path behind ‘unix:’", "unix:/path")
            }
            // What `sockaddr_un` holds beside its NUL.
            guard text.utf8.count <= 5 + 107 else {
                return ConstantProblem(
                    "the path of a unix socket has at most 107 octets, and this one "
                        + "\(text.utf8.count - 5)",
                    "use a shorter path: a symbolic link to its folder will do"
                )
            }
            return nil
        }
        let host: Substring
        var port: Substring?
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else {
                return ConstantProblem("‘[’ without ‘]’", "write [2001:db8::1]:25")
            }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else {
                return ConstantProblem(
                    "‘\(rest)’ behind the bracket is no port",
                    "write [2001:db8::1]:25"
                )
            }
            if !rest.isEmpty { port = rest.dropFirst() }
            guard bracketedIP(host) != nil else {
                return ConstantProblem("‘\(host)’ is no IP address", "write [2001:db8::1]:25")
            }
        } else {
            let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
            guard pieces.count <= 2 else {
                return ConstantProblem(
                    "‘\(text)’ has more than one colon",
                    "put brackets around an IPv6 address: [2001:db8::1]:25"
                )
            }
            host = pieces.first ?? ""
            if pieces.count == 2 { port = pieces[1] }
            guard isDomain(String(host)) else {
                return ConstantProblem("‘\(host)’ is no host", "write mail.example.net:25")
            }
        }
        return port.flatMap { portProblem(String($0), allowsAuto: allowsAuto) }
    }

    /// What is wrong with a port; `nil` if nothing is.
    static func portProblem(_ text: String, allowsAuto: Bool = false) -> ConstantProblem? {
        if allowsAuto, text == "auto" || text == "0" { return nil }
        if let port = UInt16(text), port > 0, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return nil
        }
        return ConstantProblem("‘\(text)’ is no port", "a port is a number from 1 to 65535")
    }
}
