import ParleyNetwork
import Testing

@Suite struct IPAddressTests {
    @Test("Mail writes addresses in brackets, with a tag for IPv6")
    func literals() throws {
        let six = try #require(IPAddress("fe80::1%lo"))
        #expect(six.mailLiteral == "[IPv6:fe80::1]")
        #expect(IPAddress(v4: 0xC000_0201).mailLiteral == "[192.0.2.1]")
    }

    @Test(
        "Addresses print as RFC 5952 says",
        arguments: [
            ("127.0.0.1", "127.0.0.1"),
            ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("2001:0db8::0001", "2001:db8::1"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
            ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
            ("::", "::"),
            ("::1", "::1"),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
            ("fe80::1%eth0", "fe80::1%eth0"),
        ]
    )
    func printing(text: String, canonical: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == canonical)
        #expect(IPAddress(canonical) == address)
        #expect(IPAddress(octets: address.octets, zone: address.zone) == address)
    }

    @Test(
        "Other texts are no addresses",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4.", "1.2.3.4 ", "[::1]", ":::",
            "1::2::3",
            "::1%", "127.0.0.1%lo", "12345::", "g::", "::1\0", "mail.example",
        ]
    )
    func refusal(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("Addresses know their ranges")
    func ranges() throws {
        func holds(_ predicate: (IPAddress) -> Bool, _ texts: String...) throws {
            for text in texts { #expect(predicate(try #require(IPAddress(text))), "\(text)") }
        }
        try holds(\.isLoopback, "127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1")
        try holds({ !$0.isLoopback }, "128.0.0.1", "::2", "::")
        try holds(\.isUnspecified, "0.0.0.0", "::")
        try holds(\.isPrivate, "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.9.9")
        try holds({ !$0.isPrivate }, "172.32.0.1", "172.15.0.1", "11.0.0.1", "192.169.0.1")
        try holds(\.isLinkLocal, "169.254.1.1", "fe80::1", "febf::1")
        try holds({ !$0.isLinkLocal }, "169.253.0.1", "fec0::1")
        try holds(\.isCarrierGradeNAT, "100.64.0.1", "100.127.255.255")
        try holds({ !$0.isCarrierGradeNAT }, "100.128.0.1", "100.63.0.1")
        try holds(\.isUniqueLocal, "fc00::1", "fdff::1")
        try holds({ !$0.isUniqueLocal }, "fe00::1", "10.0.0.1")
        try holds(\.isIPv4Mapped, "::ffff:1.2.3.4")
        try holds(\.isDocumentation, "192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1")
        try holds(\.isMulticast, "224.0.0.1", "ff02::1")
    }

    @Test("Octets of another number make no address")
    func octets() {
        #expect(IPAddress(octets: []) == nil)
        #expect(IPAddress(octets: [1, 2, 3, 4, 5]) == nil)
        #expect(IPAddress(octets: [127, 0, 0, 1])?.isLoopback == true)
    }
}
