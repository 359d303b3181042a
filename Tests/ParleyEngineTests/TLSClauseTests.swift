import Glibc
import ParleyEngine
import ParleyMachine
import ParleyTLS
import Testing

@Suite("TLS clauses")
struct TLSClauseTests {
    private func verdict(_ starttls: String) throws -> Outcome {
        try play(test: Servers.greeting + starttls)
    }

    @Test(
        "choose what is offered",
        arguments: [
            ("max TLSv1.2", "tls.version == TLSv1.2"),
            ("min TLSv1.3", "tls.version == TLSv1.3"),
            ("ciphers TLS_CHACHA20_POLY1305_SHA256", "tls.cipher contains \"CHACHA20\""),
            ("ciphers ECDHE+AESGCM", "tls.version == TLSv1.2"),
            ("groups P-256", "tls.group default \"\" == \"secp256r1\""),
            (
                "sigalgs ecdsa_secp256r1_sha256",
                "tls.sigalg default \"\" == \"ecdsa_secp256r1_sha256\""
            ),
            ("seclevel 1 no tickets alpn smtp,x", "tls.verified"),
        ]
    )
    func offers(clauses: String, condition: String) throws {
        let run = try verdict("starttls \(clauses)\nrequire \(condition)\nquit")
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("are taken from variables too, and judged then")
    func inserted() throws {
        let good = try verdict(
            "let v = \"TLSv1.2\"\nstarttls max ${v}\nrequire tls.version == TLSv1.2"
        )
        #expect(good.verdict == .pass, "\(good.findings)")
        let bad = try verdict("let g = \"P-255\"\nstarttls groups ${g}")
        #expect(bad.reason == "script.value")
    }

    @Test("that contradict each other accuse the script")
    func contradiction() throws {
        let run = try verdict("starttls min TLSv1.3 ciphers ECDHE+AESGCM")
        #expect(run.reason == "script.value", "\(run.findings)")
    }

    @Test("judge by TLSA records, whatever else is wrong")
    func dane() throws {
        let digits = String(repeating: "ab", count: 32)
        let mismatch = try verdict("starttls tlsa \"3 1 1 \(digits)\"")
        #expect(mismatch.reason == "tls.dane.mismatch", "\(mismatch.findings)")
        let match = try play(
            test: Servers.greeting + """
                starttls
                let pins = ["3 0 1 ${cert.sha256}", "3 1 1 \(digits)"]
                quit
                connect smtp ${mx.address} name elsewhere.test
                ehlo probe.test
                starttls tlsa ${pins}
                require cert dane-ok
                require tls.verified
                """
        )
        #expect(match.verdict == .pass, "\(match.findings)")
        let noted = try verdict(
            "starttls verify none tlsa \"3 1 1 \(digits)\"\nexpect not (cert dane-ok)"
        )
        #expect(noted.verdict == .pass, "\(noted.findings)")
        let unknown = try verdict("starttls\nexpect cert dane-ok")
        #expect(unknown.verdict == .error)
        #expect(unknown.reason == "script.session")
    }

    @Test("leave a warning in the report where a key log is kept")
    func keyLog() throws {
        let path = "/tmp/parley-keylog-\(UInt64.random(in: 0 ... .max))"
        defer { unlink(path) }
        var options = RunOptions()
        options.keyLog = try TLSKeyLog(path: path)
        let run = try play(test: Servers.greeting + "starttls\nquit", options: options)
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.logged.count { $0.hasPrefix("warning: --keylog") } == 1)
        let reports = Leaks.reports(of: run)
        #expect(reports.allSatisfy { $0.1.contains("--keylog") })
    }

    @Test("demand a staple, which a server without one fails")
    func staple() throws {
        #expect(try verdict("starttls staple").reason == "tls.staple.missing")
        let looked = try verdict("starttls staple verify none\nrequire not tls.stapled")
        #expect(looked.verdict == .pass, "\(looked.findings)")
    }

    @Test("give the values of the certificate and its key")
    func values() throws {
        let run = try verdict(
            """
            starttls
            expect cert.key.kind == "EC"
            expect cert.key.size >= 256
            expect cert.key.size < 1000
            expect len(cert.spki) == 44
            expect len(cert.sha1) == 40
            expect cert.chain.count == 1
            expect tls.problems.count == 0
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("resume the latest session of the test, round after round, still verified")
    func resumeAuto() throws {
        let run = try play(
            test: """
                start mx
                connect smtp ${mx.address} name mx.test
                ehlo probe.test
                starttls resume auto
                expect not tls.resumed
                ehlo probe.test
                quit
                repeat 3 {
                    connect smtp ${mx.address} name mx.test
                    ehlo probe.test
                    starttls resume auto
                    expect tls.resumed
                    expect tls.verified
                    expect cert covers "mx.test"
                    ehlo probe.test
                    quit
                }
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("resume a named session, but never for another name or less verified")
    func resumeNamed() throws {
        func second(_ earlier: String, _ connect: String, _ starttls: String) -> String {
            """
            start mx
            connect smtp ${mx.address} name mx.test as first
            ehlo probe.test
            starttls \(earlier)
            ehlo probe.test
            quit
            close
            connect smtp ${mx.address} \(connect)
            ehlo probe.test
            starttls resume first \(starttls)
            """
        }
        let same = try play(test: second("", "name mx.test", "") + "\nrequire tls.resumed")
        #expect(same.verdict == .pass, "\(same.findings)")
        let host = try play(test: second("", "name localhost", "") + "\nrequire not tls.resumed")
        #expect(host.verdict == .pass, "\(host.findings)")
        let less = try play(
            test: second("verify none", "name mx.test", "") + "\nrequire not tls.resumed"
        )
        #expect(less.verdict == .pass, "\(less.findings)")
        let other = try play(
            test: second("", "name mx.test", "max TLSv1.2") + "\nrequire not tls.resumed"
        )
        #expect(other.verdict == .pass, "\(other.findings)")
    }

    @Test("that resume a session without TLS accuse the script")
    func resumeNothing() throws {
        let run = try play(
            test: """
                start mx
                connect smtp ${mx.address} as first
                connect smtp ${mx.address}
                ehlo probe.test
                starttls resume first
                """
        )
        #expect(run.reason == "script.session")
    }
}
