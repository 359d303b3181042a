import ParleyWire
import Testing

/// HTTP CONNECT (RFC 9110 §9.3.6) with Basic authentication (RFC 7617 §2).
@Suite struct HTTPConnectHandshakeTests {
    private static let name = ProxyDestination.name("mx.example", port: 25)
    private static let login = ProxyCredentials(
        user: Array("Aladdin".utf8),
        password: Array("open sesame".utf8)
    )

    private func answered(
        _ text: String,
        _ login: ProxyCredentials? = nil
    ) throws(ProxyError) -> ProxyStep {
        var http = HTTPConnectHandshake(to: Self.name, credentials: login)
        _ = try http.start()
        return try http.receive(Array(text.utf8))
    }

    @Test func `the request names the server twice`() throws {
        var http = HTTPConnectHandshake(to: Self.name)
        #expect(
            try http.start()
                == Array("CONNECT mx.example:25 HTTP/1.1\r\nHost: mx.example:25\r\n\r\n".utf8)
        )
    }

    @Test func `user and password go along as RFC 7617 shows`() throws {
        var http = HTTPConnectHandshake(to: Self.name, credentials: Self.login)
        let request = String(decoding: try http.start(), as: UTF8.self)
        #expect(
            request.contains("\r\nProxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n")
        )
        let colon = ProxyCredentials(user: Array("a:b".utf8), password: [0x61])
        var other = HTTPConnectHandshake(to: Self.name, credentials: colon)
        #expect(throws: ProxyError.self) { try other.start() }
    }

    @Test func `an IPv6 address stands in brackets`() throws {
        let octets = [UInt8](repeating: 0, count: 15) + [1]
        let address = try #require(ProxyAddress(octets: octets, text: "::1", port: 25))
        var http = HTTPConnectHandshake(to: .address(address))
        let request = String(decoding: try http.start(), as: UTF8.self)
        #expect(request.hasPrefix("CONNECT [::1]:25 HTTP/1.1\r\n"))
    }

    @Test func `the server's octets behind the head are handed on, at every split`() throws {
        let answer = Array(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\nVia: x\r\n\r\n220 mx\r\n".utf8
        )
        let rest = Array("220 mx\r\n".utf8)
        for split in 0...answer.count {
            var http = HTTPConnectHandshake(to: Self.name)
            _ = try http.start()
            var heard: [UInt8] = []
            var isOpen = false
            for part in [Array(answer[..<split]), Array(answer[split...])] {
                if isOpen {
                    heard += part
                } else if case .open(let octets) = try http.receive(part) {
                    isOpen = true
                    heard += octets
                }
            }
            #expect(isOpen && heard == rest, "\(split)")
        }
    }

    @Test func `bare line feeds end a head, too`() throws {
        #expect(try answered("HTTP/1.1 200\n\nx") == .open([0x78]))
    }

    @Test(arguments: [
        ("400 Bad", ProxyError.Code.refused), ("403 Forbidden", .refused), ("404 No", .target),
        ("405 No", .refused), ("407 Who", .authentication), ("502 Bad", .target),
        ("503 No", .target), ("504 Late", .target), ("302 Found", .refused),
        ("999 ?", .refused), ("101 Switching", .refused),
    ])
    func `every refusal has its own words`(_ status: String, _ code: ProxyError.Code) throws {
        let error = #expect(throws: ProxyError.self) {
            try answered("HTTP/1.1 \(status)\r\nServer: x\r\n\r\n")
        }
        #expect(error?.code == code)
        #expect(error?.detail.contains(status.prefix(3)) == true)
    }

    @Test func `a refused password is told from a missing one`() throws {
        let answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"
        let missing = #expect(throws: ProxyError.self) { try answered(answer) }
        let wrong = #expect(throws: ProxyError.self) { try answered(answer, Self.login) }
        #expect(missing?.detail.contains("neither user nor password") == true)
        #expect(wrong?.detail.contains("refused user and password") == true)
    }

    @Test func `what is no HTTP is told at once`() throws {
        for answer in ["220 mx ESMTP\r\n", "\u{5}", "HTTP/2", "HTTP/1.1 abc\r\n\r\n", "\r\n"] {
            let error = #expect(throws: ProxyError.self, "\(answer)") { try answered(answer) }
            #expect(error?.code == .malformed, "\(answer)")
        }
    }

    @Test func `an endless head is cut off`() throws {
        let line = "X: \(String(repeating: "a", count: 1000))\r\n"
        var http = HTTPConnectHandshake(to: Self.name)
        _ = try http.start()
        _ = try http.receive(Array("HTTP/1.1 200 OK\r\n".utf8))
        var taken = 0
        let error = #expect(throws: ProxyError.self) {
            while true {
                _ = try http.receive(Array(line.utf8))
                taken += line.utf8.count
            }
        }
        #expect(error?.code == .malformed)
        #expect(taken <= HTTPConnectHandshake.limit)
        let interim = #expect(throws: ProxyError.self) {
            try answered(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 2000))
        }
        #expect(interim?.code == .malformed)
    }
}
