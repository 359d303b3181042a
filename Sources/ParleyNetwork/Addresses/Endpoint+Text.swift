extension Endpoint {
    /// Parses `host`, `host:port`, `192.0.2.1:port`, `[2001:db8::1]:port` or `unix:/path`, and the
    /// address literals of mail (RFC 5321 §4.1.3): `[192.0.2.1]:port`, `[IPv6:2001:db8::1]:port`.
    ///
    /// - Parameters:
    ///   - text: What a script or a command line says.
    ///   - defaultPort: The port of the protocol, used if the text has none.
    /// - Throws: ``EndpointSyntaxError``; an IPv6 address without brackets is one.
    public init(
        parsing text: String,
        defaultPort: UInt16? = nil
    ) throws(EndpointSyntaxError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard (1...107).contains(path.utf8.count), !path.utf8.contains(0) else {
                throw EndpointSyntaxError(.invalidPath, text)
            }
            self = .unix(path)
            return
        }
        let (host, portText, bracketed) = try Self.split(text)
        guard !host.isEmpty else { throw EndpointSyntaxError(.emptyHost, text) }
        let port = try Self.port(portText, default: defaultPort, in: text)
        if let address = Self.address(host, bracketed) {
            self = .address(address, port: port)
            return
        }
        guard !bracketed, !Self.endsInNumber(host) else {
            throw EndpointSyntaxError(.invalidAddress, text)
        }
        guard host.utf8.count <= 253, host.utf8.allSatisfy(Self.mayStandInName) else {
            throw EndpointSyntaxError(.invalidName, text)
        }
        self = .name(host, port: port)
    }

    private static func address(_ host: String, _ bracketed: Bool) -> IPAddress? {
        guard bracketed else { return IPAddress(host) }
        guard host.utf8.count > 5, host.prefix(5).lowercased() == "ipv6:" else {
            return IPAddress(host)
        }
        return IPAddress(String(host.dropFirst(5))).flatMap { $0.isIPv6 ? $0 : nil }
    }

    /// The port; `nil` for a unix socket.
    public var port: UInt16? {
        switch self {
        case .address(_, let port), .name(_, let port): port
        case .unix: nil
        }
    }

    private static func split(
        _ text: String
    ) throws(EndpointSyntaxError) -> (host: String, port: Substring?, bracketed: Bool) {
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else {
                throw EndpointSyntaxError(.invalidBrackets, text)
            }
            let host = String(text[text.index(after: text.startIndex)..<close])
            let rest = text[text.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else {
                throw EndpointSyntaxError(.invalidBrackets, text)
            }
            return (host, rest.isEmpty ? nil : rest.dropFirst(), true)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw EndpointSyntaxError(.unbracketedIPv6, text) }
        return (String(parts[0]), parts.count == 2 ? parts[1] : nil, false)
    }

    private static func port(
        _ digits: Substring?,
        default defaultPort: UInt16?,
        in text: String
    ) throws(EndpointSyntaxError) -> UInt16 {
        guard let digits else {
            guard let defaultPort else { throw EndpointSyntaxError(.missingPort, text) }
            return defaultPort
        }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits)
        else { throw EndpointSyntaxError(.invalidPort, text) }
        return port
    }

    /// Such a name would be an address to some resolvers (`127.1`) and never is a domain.
    private static func endsInNumber(_ host: String) -> Bool {
        guard let label = host.split(separator: ".").last else { return true }
        return label.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func mayStandInName(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        default: octet == 0x2D || octet == 0x2E || octet == 0x5F
        }
    }
}

extension Endpoint: CustomStringConvertible {
    /// The text ``init(parsing:defaultPort:)`` reads, IPv6 in brackets and the port always written.
    public var description: String {
        switch self {
        case .address(let address, let port):
            address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
        case .name(let name, let port): "\(name):\(port)"
        case .unix(let path): "unix:" + path
        }
    }
}
