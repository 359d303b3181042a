import ParleyWire
import Testing

/// Logins that are sent line by line.
@Suite struct RawLoginTests {
    /// What of the lines shows, with `…` for what is hidden; lines that begin with `S ` are the
    /// server's.
    private func shown(_ lines: String..., learning learnt: inout [String]) -> [String] {
        var login = RawLogin()
        var shown: [String] = []
        for line in lines {
            if line.hasPrefix("S ") {
                login.received(Array(line.dropFirst(2).utf8) + [0x0D, 0x0A])
                continue
            }
            let octets = Array(line.utf8) + (line.hasSuffix("~") ? [] : [0x0D, 0x0A])
            let secrets = login.sent(octets)
            var text = line
            for secret in secrets.reversed() {
                text = String(decoding: octets[..<secret.range.lowerBound], as: UTF8.self) + "…"
                learnt += secret.credentials.map { String(decoding: $0.octets, as: UTF8.self) }
            }
            shown.append(text)
        }
        return shown
    }

    @Test func `an initial response is hidden, and the password in it known`() {
        var learnt: [String] = []
        let lines = shown(
            "EHLO a.test",
            "auth plain AHRvdXIAd29uZGVy",
            "S 235 2.7.0 ok",
            "NOOP",
            learning: &learnt
        )
        #expect(lines == ["EHLO a.test", "auth plain …", "NOOP"])
        #expect(learnt == ["AHRvdXIAd29uZGVy", "wonder"])
    }

    @Test func `of AUTH LOGIN only the password is known, the name is hidden where it is sent`() {
        var learnt: [String] = []
        let lines = shown(
            "AUTH LOGIN",
            "S 334 VXNlcm5hbWU6",
            "dG91cg==",
            "S 334 UGFzc3dvcmQ6",
            "d29uZGVy",
            "S 535 5.7.8 no",
            "MAIL FROM:<tour@a.test>",
            learning: &learnt
        )
        #expect(lines == ["AUTH LOGIN", "…", "…", "MAIL FROM:<tour@a.test>"])
        #expect(learnt == ["d29uZGVy", "wonder"])
        learnt = []
        _ = shown(
            "AUTH LOGIN dG91cg==",
            "S 334 UGFzc3dvcmQ6",
            "no base64!",
            learning: &learnt
        )
        #expect(learnt == ["no base64!"])
    }

    @Test func `a server that asks for the password first gets no name`() {
        var learnt: [String] = []
        _ = shown("AUTH LOGIN", "S 334 UGFzc3dvcmQ6", "d29uZGVy", learning: &learnt)
        #expect(learnt.contains("wonder"))
    }

    @Test func `what is sent ahead of the challenges is hidden, commands are not`() {
        var learnt: [String] = []
        let lines = shown("AUTH LOGIN", "dG91cg==", "d29uZGVy", "QUIT", learning: &learnt)
        #expect(lines == ["AUTH LOGIN", "…", "…", "QUIT"])
        #expect(learnt.contains("wonder") && !learnt.contains("tour"))
    }

    @Test func `a challenge hides the next line even where the server went on talking`() {
        var learnt: [String] = []
        let lines = shown(
            "AUTH PLAIN",
            "S 334",
            "S 235 done",
            "AHRvdXIAd29uZGVy",
            "NOOP",
            learning: &learnt
        )
        #expect(lines == ["AUTH PLAIN", "…", "NOOP"])
        #expect(learnt.contains("wonder"))
    }

    @Test func `an asterisk cancels and hides nothing`() {
        var learnt: [String] = []
        let lines = shown("AUTH PLAIN", "S 334 ", "*", "S 501 gone", "NOOP", learning: &learnt)
        #expect(lines == ["AUTH PLAIN", "*", "NOOP"] && learnt.isEmpty)
    }

    @Test func `a token is known by itself`() {
        let message = "user=tour\u{1}auth=Bearer ya29.token\u{1}\u{1}"
        var learnt: [String] = []
        let response = String(decoding: Base64.encode(Array(message.utf8)), as: UTF8.self)
        _ = shown("AUTH XOAUTH2 \(response)", learning: &learnt)
        #expect(learnt.contains("ya29.token"))
    }

    @Test func `IMAP logs in with arguments, quoted or in literals, and with challenges`() {
        var learnt: [String] = []
        let plain = shown("a1 login tour \"won\\\"der\"", "a2 NOOP", learning: &learnt)
        #expect(plain == ["a1 login …", "a2 NOOP"] && learnt.first == "won\"der")
        learnt = []
        let literals = shown(
            "a1 LOGIN {4}",
            "S + go",
            "tour {6}",
            "S + go",
            "wonder",
            "S a1 OK in",
            "a2 NOOP",
            learning: &learnt
        )
        #expect(literals == ["a1 LOGIN {4}", "…", "…", "a2 NOOP"] && learnt == ["wonder"])
        learnt = []
        let challenged = shown(
            "a1 AUTHENTICATE PLAIN",
            "S * note",
            "S + ",
            "AHRvdXIAd29uZGVy",
            "S a1 OK in",
            "a2 NOOP",
            learning: &learnt
        )
        #expect(challenged == ["a1 AUTHENTICATE PLAIN", "…", "a2 NOOP"])
        #expect(learnt.contains("wonder"))
    }

    @Test func `a line that is sent in pieces is hidden in pieces`() {
        var login = RawLogin()
        #expect(login.sent(Array("AUTH PL".utf8)).isEmpty)
        #expect(login.sent(Array("AIN AHRv".utf8)).map(\.range) == [4..<8])
        let last = login.sent(Array("dXIAd29uZGVy\r\nNOOP\r\n".utf8))
        #expect(last.map(\.range) == [0..<12])
        #expect(last.first?.credentials.contains { $0.octets == Array("wonder".utf8) } == true)
    }

    @Test(arguments: [
        "", " ", "AUTH", "AUTH ", "a LOGIN", "a LOGIN ", "a LOGIN \"",
        "a LOGIN {99999999999999999999}",
        "a LOGIN {4} {5}", "a LOGIN x \"\\", "AUTH PLAIN =", "PASS", "PASS  ", "}", "{",
        "a AUTHENTICATE ",
    ])
    func `odd lines harm nothing`(_ line: String) {
        var login = RawLogin()
        for _ in 0..<3 {
            let octets = Array(line.utf8) + [0x0D, 0x0A]
            for secret in login.sent(octets) {
                #expect(secret.range.upperBound <= octets.count && !secret.range.isEmpty)
            }
            login.received([0x2B, 0x20, 0x0D, 0x0A])
        }
    }
}
