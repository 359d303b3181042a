import ParleyMail
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        "a@b", "user.name+tag@example.net", "!#$%&'*+-/=?^_`{|}~@x", "\"q s\"@b",
        "\"a@b\\\"c\\\\\"@d.test", "\"\"@b", "a@[192.0.2.1]", "a@[IPv6:2001:db8::1]",
        "a@[IPv6:::]", "a@[IPv6:::ffff:192.0.2.1]", "a@[x-tag:content]", "zażółć@gęślą.pl",
        "a@1.2.3.4",
        "a@xn--bcher-kva.example",
    ])
    func `a mailbox comes back as it was written`(text: String) throws {
        #expect(try Mailbox(text).description == text)
        #expect(try Path(text).description == "<\(text)>")
        #expect(try Path("<\(text)>").description == "<\(text)>")
    }

    @Test(arguments: [
        ("", "empty", 0), ("@b", "empty", 0), ("a@", "empty", 2), ("ab", "no-at", 2),
        (".a@b", "dot", 0), ("a.@b", "dot", 1), ("a..b@c", "dot", 2), ("a b@c", "character", 1),
        ("a(c)@b", "character", 1), ("a@b@c", "character", 3), ("a@b c", "character", 3),
        ("a@.b", "dot", 2), ("a@b.", "dot", 3), ("a@b..c", "dot", 4), ("a@-b", "hyphen", 2),
        ("a@b-.c", "hyphen", 3), ("a@b_c", "character", 3), ("\"a@b", "quote", 0),
        ("\"a\"b@c", "quote", 3), ("\"a\\", "quote", 3), ("\"a\tb\"@c", "character", 2),
        ("a@[1.2.3]", "literal", 3), ("a@[1.2.3.256]", "literal", 3),
        ("a@[01.2.3.4]", "literal", 3),
        ("a@[IPv6:1::2::3]", "literal", 8), ("a@[2001:db8::1]", "literal", 3),
        ("a@[1.2.3.4", "bracket", 10), ("a@[]", "bracket", 4), ("a@[-:x]", "literal", 3),
        ("a\u{1B}@b", "character", 1),
    ])
    func `a mistake has a kind and a place`(text: String, code: String, position: Int) {
        let error = #expect(throws: AddressError.self) { try Mailbox(text) }
        #expect(error?.code.rawValue == code)
        #expect(error?.position == position)
        #expect(error?.message.isEmpty == false)
    }

    @Test func `lengths are counted in octets`() throws {
        let local = String(repeating: "x", count: 64)
        let label = String(repeating: "y", count: 63)
        #expect(throws: Never.self) { try Mailbox("\(local)@\(label).test") }
        #expect(throws: AddressError.self) { try Mailbox("x\(local)@b") }
        #expect(throws: AddressError.self) { try Mailbox(String(repeating: "ż", count: 33) + "@b") }
        #expect(throws: AddressError.self) { try Mailbox("a@y\(label)") }
        #expect(throws: AddressError.self) { try Mailbox("\(local)@\(label).\(label).\(label)") }
        #expect(throws: Never.self) { try Domain("\(label).\(label).\(label).\(label)") }
        #expect(throws: AddressError.self) { try Domain("\(label).\(label).\(label).\(label).z") }
    }

    @Test func `domains are equal whatever their case, local parts are not`() throws {
        #expect(try Mailbox("a@EXAMPLE.net") == Mailbox("a@example.NET"))
        #expect(try Mailbox("A@example.net") != Mailbox("a@example.net"))
        #expect(try Domain("[IPv6:2001:DB8::1]") == Domain("[ipv6:2001:db8::1]"))
        #expect(try Domain("B.test").hashValue == Domain("b.TEST").hashValue)
    }

    @Test func `quotes are spelling, not substance`() throws {
        #expect(try Mailbox("\"a \\\"b\\\\\"@c").unquotedLocalPart == "a \"b\\")
        #expect(try Mailbox("plain@c").unquotedLocalPart == "plain")
    }

    @Test func `only a local part beyond ASCII needs SMTPUTF8`() throws {
        #expect(try Mailbox("żółw@b").needsSMTPUTF8)
        #expect(try !Mailbox("turtle@żółw.test").needsSMTPUTF8)
        #expect(try !Domain("żółw.test").isASCII)
    }

    @Test func `paths know null and postmaster`() throws {
        #expect(try Path("<>") == .null)
        #expect(try Path("postmaster").description == "<postmaster>")
        #expect(try Path("<PostMaster>").description == "<PostMaster>")
        #expect(try Path("postmaster@b").mailbox?.domain.text == "b")
        let error = #expect(throws: AddressError.self) { try Path("<>", allowsNull: false) }
        #expect(error?.code == .null)
    }

    @Test(arguments: [
        ("<a@b", "bracket", 0), ("a@b>", "bracket", 3), ("<", "bracket", 0),
        ("<a b@c>", "character", 2),
        ("<@x:a@b>", "character", 1), ("<<a@b>>", "character", 1), ("a@b SIZE=1", "character", 3),
        ("", "empty", 0),
    ])
    func `a bad path says where`(text: String, code: String, position: Int) {
        let error = #expect(throws: AddressError.self) { try Path(text) }
        #expect(error?.code.rawValue == code)
        #expect(error?.position == position)
    }

    @Test func `octets that are no UTF-8 are no path`() throws {
        let error = #expect(throws: AddressError.self) { try Path([0x61, 0xFF, 0x40, 0x62]) }
        #expect(error?.code == .encoding)
        #expect(error?.position == 1)
        #expect(try Path(Array("<a@b>".utf8)).description == "<a@b>")
    }

    @Test(arguments: [
        ("::", true), ("::1", true), ("1::", true), ("1:2:3:4:5:6:7:8", true),
        ("1:2:3:4:5:6:7::", true), ("1:2:3:4:5:6:1.2.3.4", true), ("::1.2.3.4", true),
        (":1", false), ("1:", false), (":::", false), ("1:2:3:4:5:6:7:8:9", false),
        ("1::2:3:4:5:6:7:8", false), ("12345::", false), ("g::", false), ("1.2.3.4::", false),
        ("", false), (":", false),
    ])
    func `IPv6 is told from what looks like it`(text: String, isValid: Bool) {
        #expect(((try? Domain("[IPv6:\(text)]")) != nil) == isValid)
    }

    @Test(arguments: 0..<20)
    func `noise is never a crash`(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        let alphabet = Array("ab@.\"\\<>[]:IPv6 1_-ż\0\t".utf8)
        for _ in 0..<500 {
            var noise: [UInt8] = []
            for _ in 0..<Int(state % 24) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                noise.append(alphabet[Int((state >> 33) % UInt64(alphabet.count))])
            }
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            if let path = try? Path(noise) {
                #expect((try? Path(path.description)) == path)
            }
        }
    }
}
