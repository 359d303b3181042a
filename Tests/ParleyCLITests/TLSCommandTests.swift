import Foundation
import Testing

@Suite struct TLSCommandTests {
    /// The suites, by version, that `parley tls` lists, and the line of groups.
    private static func survey(
        _ server: OpenSSLServer
    ) throws -> (suites: [String], groups: Set<Substring>, output: String) {
        let outcome = try Tool.run("tls", "127.0.0.1:\(server.port)", "--smtps")
        #expect(outcome.status == 0, "\(outcome)")
        let lines = outcome.output.split(separator: "\n").map { $0.drop { $0 == " " } }
        let suites = lines.filter { $0.wholeMatch(of: /(TLSv|SSLv)\S+ \S+/) != nil }.map(
            String.init
        )
        let groups = lines.first { $0.hasPrefix("groups: ") }?.split(separator: " ").dropFirst()
        return (suites, Set(groups ?? []), outcome.output)
    }

    @Test func `finds exactly what a limited server speaks`() throws {
        let server = try OpenSSLServer([
            "-no_tls1_3", "-serverpref", "-groups", "P-256:X448", "-cipher",
            "AES256-SHA:ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-CAMELLIA256-SHA:@SECLEVEL=0",
        ])
        let found = try Self.survey(server)
        #expect(
            found.suites == [
                "TLSv1.2 AES256-SHA", "TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256",
                "TLSv1.2 DHE-RSA-CAMELLIA256-SHA", "TLSv1.1 AES256-SHA",
                "TLSv1.1 DHE-RSA-CAMELLIA256-SHA", "TLSv1.0 AES256-SHA",
                "TLSv1.0 DHE-RSA-CAMELLIA256-SHA",
            ]
        )
        #expect(found.groups == ["secp256r1", "x448"])
        #expect(found.output.contains("order: server\n"))
        #expect(found.output.contains("Obsolete (RFC 8996): TLSv1.1, TLSv1.0."))
    }

    @Test func `finds what TLS 1.3 alone offers`() throws {
        let server = try OpenSSLServer([
            "-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_8_SHA256:TLS_CHACHA20_POLY1305_SHA256",
            "-groups", "P-384:X25519:ffdhe3072",
        ])
        let found = try Self.survey(server)
        #expect(
            Set(found.suites) == [
                "TLSv1.3 TLS_CHACHA20_POLY1305_SHA256", "TLSv1.3 TLS_AES_128_CCM_8_SHA256",
            ]
        )
        #expect(found.groups == ["secp384r1", "x25519", "ffdhe3072"])
        #expect(found.output.contains("order: client\n"))
    }

    @Test func `an ECDSA certificate hides no curve`() throws {
        let server = try OpenSSLServer(
            ["-tls1_2", "-groups", "P-256:P-521:X25519:secp256k1"],
            key: ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        )
        let found = try Self.survey(server)
        #expect(found.groups == ["secp256r1", "secp521r1", "x25519", "secp256k1"])
    }

    @Test func `what OpenSSL lists for a string is what is found, no more and no less`() throws {
        let string = "ALL:COMPLEMENTOFALL:!PSK:!SRP:!aECDSA:!aDSS:@SECLEVEL=0"
        let server = try OpenSSLServer(["-no_tls1_3", "-cipher", string])
        let found = try Self.survey(server)
        let listed = try Tool.run(["ciphers", "-s", "-tls1_2", string], of: "/usr/bin/openssl")
            .output
        let expected = Set(listed.split { $0 == ":" || $0 == "\n" }.map { "TLSv1.2 \($0)" })
        #expect(Set(found.suites.filter { $0.hasPrefix("TLSv1.2 ") }) == expected)
        #expect(expected.count > 40)
    }

    @Test func `a scripted server is surveyed behind its STARTTLS`() throws {
        let server = try ServingScript("    on ehlo => 250 \"mx.test\" offers [STARTTLS]")
        let outcome = try Tool.run("tls", "127.0.0.1:\(server.port)")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("TLSv1.3 TLS_AES_256_GCM_SHA384\n"))
        let without = try ServingScript("    on ehlo => 250 \"mx.test\"")
        let refused = try Tool.run("tls", "127.0.0.1:\(without.port)")
        #expect(refused.status == 1)
        #expect(refused.output.contains("tls.starttls.not-offered"))
    }

    @Test func `a server that talks garbage, or leaves at once, has its reason`() throws {
        let garbage = try ServingScript(
            """
                on ehlo     => 250 "mx.test" offers [STARTTLS]
            """
        )
        // Plain SMTP where TLS is asked for from the start.
        let outcome = try Tool.run("tls", "127.0.0.1:\(garbage.port)", "--smtps")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("tls.protocol"), "\(outcome)")
        let leaving = try ServingScript("    greet => drop")
        let left = try Tool.run("tls", "127.0.0.1:\(leaving.port)")
        #expect(left.status == 1)
        #expect(left.output.contains("smtp.closed"), "\(left)")
        let hangingUp = try ServingScript("    on tls => drop", as: "smtps")
        let hungUp = try Tool.run("tls", "127.0.0.1:\(hangingUp.port)", "--smtps")
        #expect(hungUp.status == 1)
        #expect(hungUp.output.contains("tls.handshake.failed"), "\(hungUp)")
        #expect(hungUp.output.contains("without an alert"), "\(hungUp)")
        let stalling = try ServingScript("    greet => stall")
        let stalled = try Tool.run("tls", "127.0.0.1:\(stalling.port)", "--timeout", "200ms")
        #expect(stalled.status == 1)
        #expect(stalled.output.contains("time.test"), "\(stalled)")
    }

    @Test func `as a script it is formatted and the linter is content`() throws {
        let script = try Tool.run("tls", "mx.test:25", "--name", "mx.test", "--as-script")
        try Tool.withFolder(["x.parley": script.output]) { folder in
            let lint = try Tool.run("lint", "x.parley", in: folder)
            #expect(lint.status == 0)
            let format = try Tool.run("fmt", "--check", "x.parley", in: folder)
            #expect(format.status == 0)
        }
        let slip = try Tool.run("tls", "mx.test", "--starttls", "smpt")
        #expect(slip.status == 2 && slip.errors.contains("‘smtp’"))
    }
}
