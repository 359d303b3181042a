import Foundation
import ParleyWire
import Testing

@Suite struct DigestMD5Tests {
    private func mechanism(
        user: String = "chris",
        service: String = "imap",
        nonce: String = "OA6MHXh6VqTrRk"
    ) -> DigestMD5Mechanism {
        DigestMD5Mechanism(
            credentials(user, "secret"),
            SASLContext(
                service: service,
                host: bytes("elwood.innosoft.com"),
                makeNonce: { bytes(nonce) }
            )
        )
    }

    // RFC 2831 §4.
    private let challenge =
        #"realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth","#
        + "algorithm=md5-sess,charset=utf-8"

    @Test func `the vector for IMAP holds`() throws {
        var mechanism = mechanism()
        #expect(mechanism.initialResponse() == nil)
        let answer = try #require(try mechanism.respond(to: bytes(challenge)))
        #expect(
            text(answer.bytes)
                == #"charset=utf-8,username="chris",realm="elwood.innosoft.com","#
                + #"nonce="OA6MG9tEQGm2hh",nc=00000001,cnonce="OA6MHXh6VqTrRk","#
                + #"digest-uri="imap/elwood.innosoft.com","#
                + "response=d388dad90d4bbd760a152321f2143af7,qop=auth"
        )
        #expect(answer.isSecret)
        #expect(throws: WireError.self) { try mechanism.finish() }
        let last = try mechanism.respond(to: bytes("rspauth=ea40f60335c427b5527b84dbabcdfffd"))
        #expect(last == SASLMessage([], isSecret: false))
        try mechanism.finish()
        #expect(try mechanism.respond(to: []) == nil)
    }

    @Test func `the vector for ACAP holds`() throws {
        var mechanism = mechanism(service: "acap", nonce: "OA9BSuZWMSpW8m")
        let answer = try mechanism.respond(
            to: bytes(
                #"realm="elwood.innosoft.com",nonce="OA9BSXrbuRhWay",qop="auth","#
                    + "algorithm=md5-sess,charset=utf-8"
            )
        )
        let said = text(try #require(answer).bytes)
        #expect(said.contains("response=6084c6db3fede7352c551284490fd0fc"))
        _ = try mechanism.respond(to: bytes("rspauth=2f0b3d7c3c2e486600ef710726aa2eae"))
        try mechanism.finish()
    }

    @Test(arguments: [
        "rspauth=ea40f60335c427b5527b84dbabcdfffe", "", "rspauth=", "rspauth", "x=y",
        "rspauth=a,rspauth=a",
    ])
    func `a server that cannot prove itself is refused`(_ last: String) throws {
        var mechanism = mechanism()
        _ = try mechanism.respond(to: bytes(challenge))
        let error = #expect(throws: WireError.self) { try mechanism.respond(to: bytes(last)) }
        #expect(error?.reason == "auth.refused")
        #expect(throws: WireError.self) { try mechanism.finish() }
    }

    @Test(arguments: [
        ("", "nonce"),
        ("=", "no list"),
        ("nonce", "no list"),
        (#"nonce="a"#, "no list"),
        (#"nonce="a\"#, "no list"),
        (#"nonce="a" b"#, "no list"),
        ("algorithm=md5-sess", "nonce"),
        (#"nonce="a",nonce="b",algorithm=md5-sess"#, "nonce"),
        (#"nonce="",algorithm=md5-sess"#, "nonce"),
        (#"nonce="a""#, "algorithm"),
        (#"nonce="a",algorithm=md5"#, "algorithm"),
        (#"nonce="a",algorithm=md5-sess,qop="auth-int,auth-conf""#, "qop"),
        (#"nonce="a",algorithm=md5-sess,charset=koi8-r"#, "charset"),
    ])
    func `a challenge that breaks the rules is refused`(
        _ challenge: String,
        _ words: String
    ) throws {
        var mechanism = mechanism()
        let error = #expect(throws: WireError.self) {
            try mechanism.respond(to: bytes(challenge))
        }
        #expect(error?.reason == "auth.refused")
        #expect(error?.detail.contains(words) == true, "\(error?.detail ?? "")")
    }

    @Test func `a challenge is bounded`() throws {
        let long = #"nonce=""# + String(repeating: "a", count: 4000) + #"",algorithm=md5-sess"#
        var mechanism = mechanism()
        #expect(throws: WireError.self) { try mechanism.respond(to: bytes(long)) }
    }

    @Test func `blanks, empty elements, no realm and several protections are understood`() throws {
        var mechanism = mechanism(user: #"a"b\c"#)
        let answer = try mechanism.respond(
            to: bytes(#", nonce = "x\"y" ,, ALGORITHM=MD5-sess, qop="auth-int, auth",foo=bar"#)
        )
        let said = text(try #require(answer).bytes)
        #expect(said.hasPrefix(#"username="a\"b\\c",nonce="x\"y",nc=00000001,"#))
        #expect(!said.contains("realm"))
    }

    @Test func `letters are hashed as Latin 1, and need UTF-8 beyond it`() throws {
        let plain = #"nonce="x",algorithm=md5-sess"#
        var narrow = mechanism(user: "ren\u{e9}")
        let answer = try #require(try narrow.respond(to: bytes(plain)))
        #expect(answer.bytes.starts(with: bytes("username=\"ren") + [0xE9, 0x22]))
        var wide = mechanism(user: "\u{142}ukasz")
        let error = #expect(throws: WireError.self) { try wide.respond(to: bytes(plain)) }
        #expect(error?.reason == "script.verb")
        var unicode = mechanism(user: "\u{142}ukasz")
        let utf8 = try #require(try unicode.respond(to: bytes(plain + ",charset=utf-8")))
        #expect(text(utf8.bytes).hasPrefix("charset=utf-8,username=\"\u{142}ukasz\""))
    }

    // MARK: - The server's side

    private let account = [bytes("chris"): bytes("secret")]

    private func server(
        _ service: String = "imap",
        nonce: String = "OA6MG9tEQGm2hh",
        _ faults: Set<SASLServerFault> = []
    ) -> DigestMD5Server {
        var context = SASLServerContext(
            host: "elwood.innosoft.com",
            accounts: account,
            makeNonce: { bytes(nonce) },
            faults: faults
        )
        context.service = service
        return DigestMD5Server(context)
    }

    /// RFC 2831 §4, the response to IMAP.
    private let response =
        #"charset=utf-8,username="chris",realm="elwood.innosoft.com","#
        + #"nonce="OA6MG9tEQGm2hh",nc=00000001,cnonce="OA6MHXh6VqTrRk","#
        + #"digest-uri="imap/elwood.innosoft.com","#
        + "response=d388dad90d4bbd760a152321f2143af7,qop=auth"

    @Test func `the server takes the responses of the RFC and proves itself as it does there`() {
        var imap = server()
        #expect(
            imap.start(nil)
                == .challenge(
                    bytes(
                        #"realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth","#
                            + "charset=utf-8,algorithm=md5-sess"
                    )
                )
        )
        let user = credentials("chris", "secret")
        #expect(
            imap.next(bytes(response))
                == .success(user, data: bytes("rspauth=ea40f60335c427b5527b84dbabcdfffd"))
        )
        var acap = server("acap", nonce: "OA9BSXrbuRhWay")
        _ = acap.start(nil)
        #expect(
            acap.next(
                bytes(
                    #"charset=utf-8,username="chris",realm="elwood.innosoft.com","#
                        + #"nonce="OA9BSXrbuRhWay",nc=00000001,cnonce="OA9BSuZWMSpW8m","#
                        + #"digest-uri="acap/elwood.innosoft.com","#
                        + "response=6084c6db3fede7352c551284490fd0fc,qop=auth"
                )
            ) == .success(user, data: bytes("rspauth=2f0b3d7c3c2e486600ef710726aa2eae"))
        )
    }

    @Test(arguments: [
        ("username=\"chris\"", "username=\"chri\"", SASLServerFailure.Code.credentials),
        ("af7,qop", "af8,qop", .credentials),
        ("nc=00000001", "nc=00000002", .malformed),
        ("nonce=\"OA6MG", "nonce=\"OA7MG", .malformed),
        ("cnonce=\"OA6MHXh6VqTrRk\",", "", .malformed),
        ("realm=\"elwood", "realm=\"oakwood", .malformed),
        ("realm=\"elwood.innosoft.com\",", "", .malformed),
        ("imap/", "smtp/", .malformed),
        ("qop=auth", "qop=auth-conf", .malformed),
        ("charset=utf-8", "charset=koi8-r", .malformed),
        ("response=", "response", .malformed),
        ("qop=auth", "response=x", .malformed),
    ])
    func `a response that differs is refused`(
        _ old: String,
        _ new: String,
        _ code: SASLServerFailure.Code
    ) throws {
        let place = try #require(response.firstRange(of: old))
        var server = server()
        _ = server.start(nil)
        let wrong = response.replacingCharacters(in: place, with: new)
        #expect(server.next(bytes(wrong)).refusal?.code == code)
    }

    @Test func `what is no response at all is refused, and bounded`() {
        for wrong in ["", "=", "x", "\u{0}", "username=\"" + String(repeating: "a", count: 9000)] {
            var server = server()
            #expect(server.start(bytes(wrong)).refusal?.code == .malformed)
            #expect(server.next(bytes(wrong)).refusal?.code == .malformed)
        }
    }

    @Test func `letters beyond ASCII come to the same on both sides`() throws {
        for (user, isUnicode) in [("ren\u{e9}", true), ("ren\u{e9}", false), ("\u{142}u", true)] {
            let context = SASLServerContext(accounts: [bytes(user): bytes("p\u{e4}ss")])
            var client = DigestMD5Mechanism(credentials(user, "p\u{e4}ss"), SASLContext())
            var server = DigestMD5Server(context)
            guard case .challenge(var challenge) = server.start(nil) else { continue }
            if !isUnicode {
                challenge = bytes(text(challenge).replacing(",charset=utf-8", with: ""))
            }
            let answer = try #require(try client.respond(to: challenge))
            let step = server.next(answer.bytes)
            #expect(step.accepted?.user == bytes(user))
            guard case .success(_, let data?) = step else { continue }
            _ = try client.respond(to: data)
            try client.finish()
        }
    }

    @Test func `a server that cannot prove itself is played, and seen through`() throws {
        for fault in [SASLServerFault.wrongSignature, .noSignature] {
            var client = mechanism()
            var server = server("imap", [fault])
            guard case .challenge(let challenge) = server.start(nil) else { continue }
            let answer = try #require(try client.respond(to: challenge))
            guard case .success(_, let data) = server.next(answer.bytes) else {
                Issue.record("\(fault)")
                continue
            }
            #expect(throws: WireError.self) {
                if let data { _ = try client.respond(to: data) }
                try client.finish()
            }
        }
    }
}
