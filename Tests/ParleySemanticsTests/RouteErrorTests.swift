import Testing

/// What the clauses of `connect` take, and what they do not.
@Suite struct RouteErrorTests {
    @Test(
        arguments: [
            ("connect smtp a.test via socks.test:1080", ["script.type.literal@1"]),
            ("connect smtp a.test via socks5://a.test", []),
            ("connect smtp a.test via http://a.test", ["script.type.literal@1"]),
            ("connect smtp a.test via socks4://a.test:1", ["script.type.literal@1"]),
            ("connect smtp a.test via socks5://u:p@a.test:1", ["script.type.literal@1"]),
            ("connect smtp a.test via socks5://a.test user u", ["script.verb.usage@1"]),
            (
                "connect smtp a.test user u password p",
                Array(repeating: "script.verb.usage@1", count: 2)
            ),
            ("connect smtp a.test client 192.0.2.1:1", ["script.verb.usage@1"]),
            ("connect smtp a.test proxy v3", ["script.verb.argument@1"]),
            ("connect smtp a.test proxy v1 local", ["script.verb.usage@1"]),
            ("connect smtp a.test proxy v1 authority a.test", ["script.verb.usage@1"]),
            ("connect smtp a.test proxy v2 local authority a.test", ["script.verb.usage@1"]),
            ("connect smtp a.test proxy v2 client a.test:25", ["script.verb.argument@1"]),
            ("connect smtp a.test proxy v2 client 192.0.2.1", ["script.verb.argument@1"]),
            (
                "connect smtp a.test proxy v2 client 192.0.2.1:1 server [::1]:25",
                ["script.verb.usage@1"]
            ),
            ("connect smtp 192.0.2.1 proxy v2 client [::1]:25", ["script.verb.usage@1"]),
            ("connect smtp 192.0.2.1 proxy v2 server [::1]:25", ["script.verb.usage@1"]),
            ("connect smtp a.test proxy v2 client [::1]:1 server [::2]:25", []),
            ("connect smtp a.test over ipv5", ["script.verb.argument@1"]),
            ("connect smtp 192.0.2.1 over ipv6", ["script.verb.usage@1"]),
            ("connect smtp [::1] over ipv6 from [::1]:4000", []),
            ("connect smtp unix:/run/x over ipv4", ["script.verb.usage@1"]),
            ("connect smtp unix:/run/x from 127.0.0.1", ["script.verb.usage@1"]),
            ("connect smtp a.test from :4000", []),
            ("connect smtp a.test from 127.0.0.2:4000", []),
            ("connect smtp a.test from ::1", []),
            ("connect smtp a.test from :0", ["script.type.literal@1"]),
            ("connect smtp a.test from b.test", ["script.type.literal@1"]),
            ("let s = 5s\nconnect smtp a.test from ${s}", ["script.type.mismatch@2"]),
            ("connect smtp [127.0.0.1]:25\nehlo [IPv6:::1]", []),
            ("connect smtp [IPv6:127.0.0.1]", ["script.type.literal@1"]),
            ("connect smtp a.test\nehlo [IPv6:127.0.0.1]", ["script.verb.argument@2"]),
            ("connect smtp a.test\nehlo 127.0.0.1", ["script.verb.argument@2"]),
            (
                "connect smtp unix:/\(String(repeating: "a", count: 107))",
                ["script.type.literal@1"]
            ),
        ] as [(String, [String])]
    )
    func aMistakeIsReportedOnce(_ statements: String, _ expected: [String]) {
        #expect(complaintsInTest(statements) == expected, "\(statements)")
    }
}
