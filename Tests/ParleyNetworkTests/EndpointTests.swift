import ParleyNetwork
import Testing

@Suite struct EndpointTests {
    @Test(
        "Endpoints print as they are read",
        arguments: [
            ("mx.example", "mx.example:25"),
            ("mx.example:587", "mx.example:587"),
            ("192.0.2.1", "192.0.2.1:25"),
            ("192.0.2.1:0", "192.0.2.1:0"),
            ("[2001:db8::1]", "[2001:db8::1]:25"),
            ("[2001:DB8::1]:65535", "[2001:db8::1]:65535"),
            ("[fe80::1%lo]:25", "[fe80::1%lo]:25"),
            ("unix:/run/lmtp.sock", "unix:/run/lmtp.sock"),
            ("localhost", "localhost:25"),
            ("[192.0.2.1]:587", "192.0.2.1:587"),
            ("[IPv6:2001:db8::1]", "[2001:db8::1]:25"),
            ("[ipv6:::1]:26", "[::1]:26"),
            ("bücher.example", "bücher.example:25"),
        ]
    )
    func parsing(text: String, printed: String) throws {
        let endpoint = try Endpoint(parsing: text, defaultPort: 25)
        #expect(endpoint.description == printed)
        #expect(try Endpoint(parsing: printed) == endpoint)
    }

    @Test(
        "Other texts say what is wrong with them",
        arguments: [
            ("", EndpointSyntaxError.Code.emptyHost),
            (":25", .emptyHost),
            ("[]:25", .emptyHost),
            ("2001:db8::1", .unbracketedIPv6),
            ("a:b:c", .unbracketedIPv6),
            ("mx.example:", .invalidPort),
            ("mx.example:65536", .invalidPort),
            ("mx.example:+25", .invalidPort),
            ("[::1", .invalidBrackets),
            ("[::1]25", .invalidBrackets),
            ("[IPv6:192.0.2.1]:25", .invalidAddress),
            ("[IPv6:]:25", .invalidAddress),
            ("[mx.example]:25", .invalidAddress),
            ("300.1.2.3", .invalidAddress),
            ("127.1", .invalidAddress),
            ("mx example", .invalidName),
            ("user@mx.example", .invalidName),
            ("unix:", .invalidPath),
        ]
    )
    func refusal(text: String, code: EndpointSyntaxError.Code) {
        let error = #expect(throws: EndpointSyntaxError.self) {
            try Endpoint(parsing: text, defaultPort: 25)
        }
        #expect(error?.code == code)
        #expect(error?.text == text)
    }

    @Test("Without a default a port is needed")
    func missingPort() {
        #expect(throws: EndpointSyntaxError(.missingPort, "mx.example")) {
            try Endpoint(parsing: "mx.example")
        }
    }
}
