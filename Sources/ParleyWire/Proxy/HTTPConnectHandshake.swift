/// The client's side of HTTP CONNECT (RFC 9110 §9.3.6) with Basic authentication (RFC 7617).
///
/// ```text
/// C: CONNECT mx.example.net:25 HTTP/1.1
/// C: Host: mx.example.net:25
/// C: Proxy-Authorization: Basic cHJvYmU6c2VjcmV0
/// C:
/// S: HTTP/1.1 200 Connection established
/// S:
/// ```
public struct HTTPConnectHandshake: ProxyHandshake {
    private let destination: ProxyDestination
    private let credentials: ProxyCredentials?
    private var buffer: [UInt8] = []
    private var searched = 0
    private var taken = 0
    private var isOver = false

    /// How much a proxy may say before the way is open.
    public static let limit = 16 * 1024

    /// A dialogue that asks for `destination`.
    public init(to destination: ProxyDestination, credentials: ProxyCredentials? = nil) {
        self.destination = destination
        self.credentials = credentials
    }

    /// The request, with the credentials if there are some: most proxies want them at once.
    public mutating func start() throws(ProxyError) -> [UInt8] {
        let authority = destination.authority
        guard authority.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw ProxyError(.credentials, "the server’s name cannot stand in an HTTP request")
        }
        var request = Array(
            "CONNECT \(authority) HTTP/1.1\r\nHost: \(authority)\r\n".utf8
        )
        if let credentials {
            guard !credentials.user.contains(0x3A) else {
                throw ProxyError(
                    .credentials,
                    "the user of Basic authentication holds no colon (RFC 7617 §2)"
                )
            }
            request += Array("Proxy-Authorization: Basic ".utf8)
            request += Base64.encode(credentials.user + [0x3A] + credentials.password)
            request += [0x0D, 0x0A]
        }
        return request + [0x0D, 0x0A]
    }

    /// Takes what the proxy sent; what lies behind its answer's head is the server's.
    public mutating func receive(_ bytes: [UInt8]) throws(ProxyError) -> ProxyStep {
        guard !isOver else { return .more }
        buffer += bytes
        while true {
            try refuseOtherProtocols()
            let end = endOfHead()
            guard taken + (end ?? buffer.count) <= Self.limit else {
                throw ProxyError(
                    .malformed,
                    "the HTTP proxy’s answer is longer than \(Self.limit) octets"
                )
            }
            guard let end else { return .more }
            let (status, reason) = try statusLine()
            taken += end
            buffer.removeFirst(end)
            searched = 0
            switch status {
            case 100, 102...199: continue
            case 200...299:
                isOver = true
                let rest = buffer
                buffer = []
                return .open(rest)
            default: throw refusal(status, reason)
            }
        }
    }

    /// Something else than HTTP is told from it by its first octets, long before a line ends.
    private func refuseOtherProtocols() throws(ProxyError) {
        let start = Array("HTTP/1.".utf8)
        guard !zip(buffer, start).allSatisfy(==) else { return }
        throw ProxyError(.malformed, "the proxy does not speak HTTP: it answered with other octets")
    }

    /// Behind the empty line that ends the head; bare LF ends a line, too (RFC 9112 §2.2).
    private mutating func endOfHead() -> Int? {
        var index = searched
        while index < buffer.count {
            if buffer[index] == 0x0A {
                if index + 1 < buffer.count, buffer[index + 1] == 0x0A { return index + 2 }
                if index + 2 < buffer.count, buffer[index + 1] == 0x0D, buffer[index + 2] == 0x0A {
                    return index + 3
                }
            }
            index += 1
        }
        searched = max(0, buffer.count - 3)
        return nil
    }

    /// `HTTP/1.1 200 Connection established`
    private func statusLine() throws(ProxyError) -> (Int, String) {
        let line = buffer.prefix { $0 != 0x0A && $0 != 0x0D }
        let words = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0].count == 8, words[1].count == 3,
            words[1].allSatisfy({ (0x30...0x39).contains($0) }),
            let status = Int(String(decoding: words[1], as: UTF8.self)), status >= 100
        else {
            throw ProxyError(.malformed, "the HTTP proxy’s answer begins with no status line")
        }
        let reason = words.count == 3 ? String(decoding: words[2].prefix(120), as: UTF8.self) : ""
        return (status, reason)
    }

    private func refusal(_ status: Int, _ reason: String) -> ProxyError {
        guard status == 407 else { return Self.refusal(status, reason) }
        let words =
            credentials == nil
            ? "wants authentication, and there is neither user nor password"
            : "refused user and password"
        return ProxyError(.authentication, "the HTTP proxy \(words) (407)")
    }

    private static func refusal(_ status: Int, _ reason: String) -> ProxyError {
        let (code, words): (ProxyError.Code, String) =
            switch status {
            case 400: (.refused, "calls the request malformed")
            case 403: (.refused, "forbids the connection by its rules")
            case 404: (.target, "does not find the server")
            case 405, 501: (.refused, "does not know the method CONNECT")
            case 429: (.refused, "has had too many requests from here")
            case 502: (.target, "could not connect to the server")
            case 503: (.target, "has no way to the server at present")
            case 504: (.target, "got no answer from the server in time")
            default: (.refused, "refused the connection")
            }
        let text = reason.isEmpty ? "\(status)" : "\(status) \(reason)"
        return ProxyError(code, "the HTTP proxy \(words) (\(text))")
    }
}
