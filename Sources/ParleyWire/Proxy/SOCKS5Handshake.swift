/// The client's side of SOCKS version 5 (RFC 1928) with username and password (RFC 1929).
///
/// ```text
/// C: 05 02 00 02                        methods: none, username/password
/// S: 05 02
/// C: 01 05 probe 06 secret
/// S: 01 00
/// C: 05 01 00 03 0E mx.example.net 00 19
/// S: 05 00 00 01 7F 00 00 01 C3 50
/// ```
public struct SOCKS5Handshake: ProxyHandshake {
    private enum State {
        case method
        case authentication
        case reply
        case over
    }

    private let destination: ProxyDestination
    private let credentials: ProxyCredentials?
    private var state = State.method
    private var buffer: [UInt8] = []

    /// A dialogue that asks for `destination`.
    public init(to destination: ProxyDestination, credentials: ProxyCredentials? = nil) {
        self.destination = destination
        self.credentials = credentials
    }

    /// The methods that are offered: none, and username/password if there is one.
    public mutating func start() throws(ProxyError) -> [UInt8] {
        if let credentials {
            for (part, what) in [(credentials.user, "user"), (credentials.password, "password")] {
                guard (1...255).contains(part.count) else {
                    throw ProxyError(
                        .credentials,
                        "SOCKS5 takes a \(what) of 1 to 255 octets (RFC 1929 §2)"
                    )
                }
            }
        }
        if case .name(let name, _) = destination, !(1...255).contains(name.utf8.count) {
            throw ProxyError(.credentials, "SOCKS5 takes a name of 1 to 255 octets")
        }
        return credentials == nil ? [5, 1, 0] : [5, 2, 0, 2]
    }

    /// Takes what the proxy sent; what lies behind its last reply is the server's.
    public mutating func receive(_ bytes: [UInt8]) throws(ProxyError) -> ProxyStep {
        guard state != .over else { return .more }
        // What is whole is taken at once, so only the server's first octets can be more than a
        // message.
        buffer += bytes
        switch state {
        case .method: return try method()
        case .authentication: return try authentication()
        case .reply: return try reply()
        case .over: return .more
        }
    }

    private mutating func method() throws(ProxyError) -> ProxyStep {
        guard let version = buffer.first else { return .more }
        guard version == 5 else {
            throw ProxyError(
                .malformed,
                "the proxy does not speak SOCKS5: it answered with octet \(version)"
            )
        }
        guard buffer.count >= 2 else { return .more }
        let method = buffer[1]
        try drop(2)
        switch (method, credentials) {
        case (0, _):
            return .send(request())
        case (2, let credentials?):
            state = .authentication
            return .send(
                [1, UInt8(truncatingIfNeeded: credentials.user.count)] + credentials.user
                    + [UInt8(truncatingIfNeeded: credentials.password.count)]
                    + credentials.password
            )
        case (0xFF, nil):
            throw ProxyError(
                .authentication,
                "the SOCKS proxy wants authentication, and there is neither user nor password"
            )
        case (0xFF, _):
            throw ProxyError(
                .authentication,
                "the SOCKS proxy accepts neither a password nor a connection without one"
            )
        default:
            throw ProxyError(
                .malformed,
                "the SOCKS proxy chose method \(method), which was not offered"
            )
        }
    }

    private mutating func authentication() throws(ProxyError) -> ProxyStep {
        guard buffer.count >= 2 else { return .more }
        let (version, status) = (buffer[0], buffer[1])
        // RFC 1929 says version 1; some proxies answer with that of SOCKS.
        guard version == 1 || version == 5 else {
            throw ProxyError(
                .malformed,
                "the SOCKS proxy answered the password with octet \(version)"
            )
        }
        guard status == 0 else {
            throw ProxyError(
                .authentication,
                "the SOCKS proxy refused user and password (status \(status))"
            )
        }
        try drop(2)
        return .send(request())
    }

    private mutating func request() -> [UInt8] {
        state = .reply
        var request: [UInt8] = [5, 1, 0]
        let port: UInt16
        switch destination {
        case .address(let address):
            request += [address.isIPv6 ? 4 : 1] + address.octets
            port = address.port
        case .name(let name, let number):
            request += [3, UInt8(truncatingIfNeeded: name.utf8.count)] + Array(name.utf8)
            port = number
        }
        return request + [UInt8(port >> 8), UInt8(port & 0xFF)]
    }

    private mutating func reply() throws(ProxyError) -> ProxyStep {
        if let version = buffer.first, version != 5 {
            throw ProxyError(.malformed, "the SOCKS proxy’s reply begins with octet \(version)")
        }
        guard buffer.count >= 2 else { return .more }
        guard buffer[1] == 0 else { throw Self.refusal(buffer[1]) }
        guard buffer.count >= 5 else { return .more }
        let length: Int
        switch buffer[3] {
        case 1: length = 4 + 4 + 2
        case 4: length = 4 + 16 + 2
        case 3: length = 4 + 1 + Int(buffer[4]) + 2
        default:
            throw ProxyError(
                .malformed,
                "the SOCKS proxy’s reply holds an address of unknown type \(buffer[3])"
            )
        }
        guard buffer.count >= length else { return .more }
        state = .over
        let rest = Array(buffer[length...])
        buffer = []
        return .open(rest)
    }

    /// Nobody may speak ahead: what follows depends on what we answer.
    private mutating func drop(_ count: Int) throws(ProxyError) {
        buffer.removeFirst(count)
        guard buffer.isEmpty else {
            throw ProxyError(.malformed, "the SOCKS proxy went on without waiting for the request")
        }
    }

    /// RFC 1928 §6.
    private static func refusal(_ reply: UInt8) -> ProxyError {
        let (code, words): (ProxyError.Code, String) =
            switch reply {
            case 1: (.refused, "failed without saying why")
            case 2: (.refused, "forbids the connection by its rules")
            case 3: (.target, "has no route to the server’s network")
            case 4: (.target, "cannot reach the server’s host, or cannot look its name up")
            case 5: (.target, "was refused by the server")
            case 6: (.target, "got no answer from the server in time")
            case 7: (.refused, "does not know the command CONNECT")
            case 8: (.refused, "cannot connect to an address of that kind")
            default: (.malformed, "answered with an unknown number")
            }
        return ProxyError(code, "the SOCKS proxy \(words) (reply \(reply))")
    }
}
