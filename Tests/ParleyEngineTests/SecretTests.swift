import Foundation
import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleySyntax
import ParleyTesting
import ParleyWire
import Testing

@Suite("A secret")
struct SecretTests {
    static let secrets = [
        "hunter2-Geheim", "p4s5", "pässwörd ünd mehr", "a\"b\\c/d'e<f>&g", "p+q=r%s,t u",
        "0123456789abcdef0123456789abcdef", "....----____~~~~",
    ]

    private static func options(_ secret: String) -> RunOptions {
        var options = RunOptions()
        options.environment = ["PASS": secret]
        return options
    }

    /// Octets as a string of the language, so that a server says them without taint.
    private static func literal(_ octets: some Sequence<UInt8>) -> String {
        octets.map { byte in
            let digits = String(byte, radix: 16)
            return "\\x" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    private static func echoes(_ secret: String) -> [String] {
        let octets = Array(secret.utf8)
        let data = Data(octets)
        return [
            secret,
            data.base64EncodedString(),
            (Data([0x61]) + data + Data([0x62])).base64EncodedString(),
            (Data([0x61, 0x62]) + data + Data([0x63])).base64EncodedString(),
            octets.map { String(format: "%02x", $0) }.joined(),
            octets.map { String(format: "%02X", $0) }.joined(),
            octets.map { String(format: "%%%02X", $0) }.joined(),
        ]
    }

    @Test("never shows in anything that leaves a run", arguments: secrets)
    func never(_ secret: String) throws {
        let echoes = Self.echoes(secret).map { "250-\($0)\r\n" }.joined() + "250 that is it\r\n"
        let name = Self.literal("250 mx \(secret)\r\n".utf8)
        let half = secret.utf8.count / 2
        let run = try play(
            """
            secret pass = env PASS
            server mx smtp on 127.0.0.1:25 name mx.test {
                greet        => raw "220 hello \(Self.literal(secret.utf8))\\r\\n"
                on ehlo      => 250 "mx.test" "X-\(Self.literal(secret.utf8))" offers [AUTH PLAIN LOGIN, STARTTLS]
                on noop      => raw "\(Self.literal(echoes.utf8))"
                on rset      => raw "250 \(Self.literal(secret.utf8.prefix(half)))" after 300ms raw "\(Self.literal(secret.utf8.dropFirst(half)))\\r\\n"
                on vrfy      => raw "\(name)"
                on help      => raw "214 no end \(Self.literal(secret.utf8))" stall
                on mail      => raw "250 \(Self.literal(secret.utf8))\\r\\n250 \(Self.literal(secret.utf8))\\r\\n"
                on rcpt      => 421 4.3.2 "\(Self.literal(secret.utf8))"
                on quit      => 221 "bye \(Self.literal(secret.utf8))"
            }
            dialogue open(host: endpoint) {
                connect smtp ${host} name mx.test
                ehlo probe.test
            }
            test "login" {
                start mx
                do open(mx.address)
                auth plain user ${pass}
                auth login user ${pass} => any
                auth plain ${pass} other => any
                log "${pass} ${base64(pass)} ${transcript} ${join(mx.log.lines, "|")}"
                log "${reply.text} ${banner} ${sha256(pass)}"
                expect pass == "something else"
                expect base64(pass) starts "?"
                expect reply.text == pass "${pass} ${reply.text}"
                expect banner == "x" "${banner}"
                expect mx.log.lines.count == 0
                expect "x" in mx.log.lines
                warn "warned of ${pass} and ${banner}"
                noop ${pass} => 251 else warn
                noop => 251 matching /nothing/ else warn
                rset => 251 else warn
                vrfy ${pass} => 550 else warn
                send NOOP ${pass} => 599 else warn
                send raw "RSET " ${pass} "\\r\\n"
                receive reply as answer => 251 else warn
                send NOOP ${base64(pass)}
                receive line as line
                log line
                receive until /that is it\\r\\n/ as rest
                log "${rest}"
                measure took = reply.took fail > 1ns
                fail "${pass} and ${reply.text} and ${banner}"
            }
            test "tls" {
                start mx
                do open(mx.address)
                starttls
                ehlo probe.test
                auth plain user ${pass}
                noop => 251
            }
            test "timeout" {
                start mx
                do open(mx.address)
                help within 1s
            }
            test "unsolicited" {
                start mx
                do open(mx.address)
                mail a@b.test
                noop
            }
            test "closed" {
                start mx
                do open(mx.address)
                send RCPT TO:<x@y.test> => 421
                noop
            }
            test "steps" {
                start mx
                do open(mx.address)
                step "one" {
                    vrfy x => 599
                }
                finally {
                    noop => 599
                }
            }
            test "held" {
                start mx
                do open(mx.address)
                send HELP
                receive bytes 4000 within 1s
            }
            test "login without TLS" {
                start mx
                do open(mx.address)
                eventually within 3s every 1s {
                    noop => 251
                }
            }
            """,
            options: Self.options(secret)
        )
        #expect(run.results.count == 8)
        #expect(
            run.verdicts.allSatisfy { $0 == .fail },
            "\(run.results.map { ($0.info.title, $0.verdict, $0.findings.map(\.message)) })"
        )
        let leaks = Leaks.find(secret, in: run)
        #expect(leaks.isEmpty, "\(leaks.prefix(3).joined(separator: "\n"))")
    }

    @Test("does not show by half where an echo is cut")
    func cut() throws {
        let secret = "correct-horse-battery-staple"
        for length in [70, 90, 100, 190] {
            let padding = String(repeating: ".", count: length)
            for held in [6, 20] {
                let run = try play(
                    """
                    secret pass = env PASS
                    server mx smtp on 127.0.0.1:25 {
                        on noop => 250 "\(padding)\(secret)"
                        on help => raw "214 \(secret.prefix(held))" stall
                        on rset => raw "250 \(padding)\(secret)" stall
                    }
                    test "value" {
                        \(Servers.greeting)
                        noop
                        expect reply.text == "x"
                        noop => 251
                    }
                    test "held" {
                        \(Servers.greeting)
                        help within 1s
                    }
                    test "long" {
                        \(Servers.greeting)
                        rset within 1s
                    }
                    """,
                    options: Self.options(secret)
                )
                for (name, report) in Leaks.reports(of: run) {
                    #expect(!report.contains("correct"), "\(name), \(length), \(held): \(report)")
                }
            }
        }
    }

    @Test("does not show by halves where the script reads it in pieces")
    func pieces() throws {
        let run = try play(
            """
            secret pass = env PASS
            server mx tcp on 127.0.0.1:25 {
                greet => raw "you are correct-horse-battery-staple\\r\\n"
            }
            test "t" {
                start mx
                connect tcp ${mx.address}
                receive bytes 15
                receive until /horse/
                receive line
                fail
            }
            """,
            options: Self.options("correct-horse-battery-staple")
        )
        let received = run.events.compactMap { event in
            if case .received(_, let octets) = event.kind {
                String(decoding: octets, as: UTF8.self)
            } else {
                nil
            }
        }
        #expect(received.first == "you are ‹secret›")
        for part in ["correct", "battery", "staple"] {
            #expect(received.allSatisfy { !$0.contains(part) }, "\(received)")
        }
    }

    @Test("is refused in the titles of tests and steps, before anything is sent")
    func titles() throws {
        for text in ["test \"about ${pass}\" {", "test \"t\" {\n step \"about ${pass}\" {\n }"] {
            let source = SourceText(
                name: "t.parley",
                "secret pass = env PASS\n\(text)\n log \"x\"\n}\n"
            )
            let (tree, _) = Parser.parse(source)
            let (_, diagnostics) = Checker.check(tree, registry: Protocols.registry)
            #expect(diagnostics.contains { $0.code == "script.permission.secret" })
        }
    }

    @Test("is not read where it is too short to be scrubbed")
    func short() throws {
        let run = try play(
            "secret pass = env PASS\ntest \"t\" {\n log \"${pass}\"\n}",
            options: Self.options("abc")
        )
        #expect(run.results.isEmpty)
        #expect(run.runFindings.map(\.reason) == ["script.permission"])
        #expect(run.summary.exitCode == 2)
    }

    @Test("must be there")
    func missing() throws {
        let run = try play("secret pass = env PASS\ntest \"t\" {\n log \"${pass}\"\n}")
        #expect(run.results.isEmpty)
        #expect(run.runFindings.map(\.reason) == ["script.name"])
        #expect(run.summary.exitCode == 2)
    }

    @Test("comes from a file below the script's folder, without its line end")
    func file() throws {
        let folder = try TemporaryFolder()
        try folder.write("from-a-file\r\n", to: "pass.txt")
        try folder.write("abc\n", to: "short.txt")
        let run = try play(
            Servers.polite + """

                secret pass = file pass.txt
                test "t" {
                    \(Servers.greeting)
                    auth plain user ${pass}
                    expect sha256(pass) == "\(Self.digest)"
                }
                """,
            path: folder.script
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(Leaks.find("from-a-file", in: run).isEmpty)
        let short = try play(
            "secret pass = file short.txt\ntest \"t\" {\n log \"${pass}\"\n}",
            path: folder.script
        )
        #expect(short.runFindings.map(\.reason) == ["script.permission"])
        let outside = try play(
            "secret pass = file ../../etc/hostname\ntest \"t\" {\n log \"${pass}\"\n}",
            path: folder.script
        )
        #expect(outside.results.isEmpty)
        #expect(outside.summary.exitCode != 0)
        let none = try play(
            "secret pass = file none.txt\ntest \"t\" {\n log \"${pass}\"\n}",
            path: folder.script
        )
        #expect(none.runFindings.map(\.reason) == ["local.file"])
        #expect(none.summary.exitCode == 3)
    }

    /// sha256 of `from-a-file`.
    private static let digest = "cbfc3c40dbb66eaa6dab7f3a999bc65b1a34ca24f47f5cf4a2dc31651b49310a"

    @Test("is asked for at the terminal")
    func prompt() throws {
        var options = RunOptions()
        options.prompt = { text in
            text == "Password" ? .typed(Array("typed-by-hand".utf8)) : .noTerminal
        }
        let script =
            Servers.polite + """

                secret pass = prompt "Password"
                test "t" {
                    \(Servers.greeting)
                    auth login user ${pass}
                }
                """
        let run = try play(script, options: options)
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(Leaks.find("typed-by-hand", in: run).isEmpty)
        #expect(try play(script).runFindings.count == 1)
        options.prompt = { _ in .abandoned }
        let abandoned = try play(script, options: options)
        #expect(abandoned.runFindings.map(\.reason) == ["run.interrupted"])
        #expect(
            abandoned.runFindings.first?.message == "secret pass: it was asked for, and given up"
        )
        #expect(abandoned.summary.exitCode == 130)
    }

    // MARK: - In clear

    private static let abroad = """
        secret pass = env PASS
        server mx smtp on 198.51.100.7:25 name mx.test anywhere {
            on ehlo => 250 "mx.test" offers [AUTH PLAIN LOGIN, STARTTLS]
        }
        test "t" {
            start mx
            connect smtp 198.51.100.7:25 name mx.test
            ehlo probe.test

        """

    @Test("does not travel in clear to another host, unless the script says so")
    func inClear() throws {
        for verb in ["auth plain user ${pass}", "auth login user ${pass}", "noop ${pass}"] {
            let run = try play(
                Self.abroad + verb + "\n}",
                options: Self.options("hunter2-Geheim")
            )
            #expect(run.reason == "auth.clear", "\(verb): \(run.findings)")
            #expect(run.summary.exitCode != 0)
            #expect(!run.sent.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("NOOP") })
        }
        let said = try play(
            Self.abroad + "auth plain user ${pass} in clear\n}",
            options: Self.options("hunter2-Geheim")
        )
        #expect(said.verdict == .pass, "\(said.findings)")
        #expect(Leaks.find("hunter2-Geheim", in: said).isEmpty)
    }

    @Test("does not travel in clear by `send` either")
    func sendInClear() throws {
        for send in ["send NOOP ${pass}", "send raw \"NOOP \" ${base64(pass)} \"\\r\\n\""] {
            let run = try play(
                Self.abroad + send + "\n}",
                options: Self.options("hunter2-Geheim")
            )
            #expect(run.reason == "auth.clear", "\(send): \(run.findings)")
            #expect(!run.sent.contains { $0.hasPrefix("NOOP") })
        }
        let said = try play(
            Self.abroad + "send NOOP ${pass} in clear => 250\n}",
            options: Self.options("hunter2-Geheim")
        )
        #expect(said.verdict == .pass, "\(said.findings)")
    }

    @Test("travels under TLS, and on loopback")
    func protected() throws {
        let run = try play(
            Self.abroad + "starttls\nehlo probe.test\nauth plain user ${pass}\n}",
            options: Self.options("hunter2-Geheim")
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("that stands in the script as a plain word is not sent in clear either")
    func literalPassword() throws {
        let run = try play(
            Self.abroad + "auth plain user wonderland\n}",
            options: Self.options("hunter2-Geheim")
        )
        #expect(run.reason == "auth.clear")
    }
}
