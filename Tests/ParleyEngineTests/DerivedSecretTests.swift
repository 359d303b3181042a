import ParleyMachine
import ParleyTesting
import ParleyWire
import Testing

@testable import ParleyEngine

@Suite("What derives from a secret")
struct DerivedSecretTests {
    private static var options: RunOptions {
        var options = RunOptions()
        options.environment = ["PASS": "hunter2-Geheim"]
        return options
    }

    /// sha256 of the secret.
    static let digest = "76ebee42e07aaed6ca0ffbacb2eb1294dcec98f60644e4fd04c475e2b138351f"

    /// Octets as a string of the language.
    private static func literal(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return "\\x" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    @Test(
        "is scrubbed from an echo, however it was made and sent",
        arguments: [
            ("upper(pass)", "HUNTER2-GEHEIM"),
            ("split(pass, \"-\")[1]", "Geheim"),
            ("replace(pass, \"hunter\", \"killer\")", "killer2-Geheim"),
            ("sha256(pass)", DerivedSecretTests.digest),
        ]
    )
    func echo(_ expression: String, _ echoed: String) throws {
        let sends = [
            "vrfy user-${made} => any", "send VRFY user-${made} => 550",
            "auth plain user ${made} => any",
        ]
        for send in sends {
            let run = try play(
                """
                secret pass = env PASS
                server mx smtp on 127.0.0.1:25 {
                    on ehlo => 250 "mx" offers [AUTH PLAIN]
                    on auth => 535 5.7.8 "no \(Self.literal(echoed))"
                    on vrfy => 550 5.1.1 "no \(Self.literal(echoed))"
                }
                test "t" {
                    start mx
                    connect smtp ${mx.address}
                    ehlo probe.test
                    let made = \(expression)
                    \(send)
                    log "${reply.text}"
                    vrfy x => 250
                }
                """,
                options: Self.options
            )
            #expect(run.verdict == .fail)
            let leaks = Leaks.find(echoed, in: run)
            #expect(leaks.isEmpty, "\(send): \(leaks.prefix(2))")
            #expect(run.message?.contains("‹secret›") == true, "\(run.message ?? "")")
        }
    }

    @Test("by a SASL mechanism is scrubbed from an echo")
    func answer() throws {
        let text = String(decoding: Base64.encode(Array("\0user\0wonderland".utf8)), as: UTF8.self)
        let run = try play(
            """
            server mx smtp on 127.0.0.1:25 {
                on ehlo => 250 "mx" offers [AUTH PLAIN]
                on auth => 535 5.7.8 "bad: \(Self.literal(text))"
            }
            test "t" {
                start mx
                connect smtp ${mx.address}
                ehlo probe.test
                auth plain user wonderland
            }
            """
        )
        #expect(run.verdict == .fail)
        #expect(Leaks.find(text, in: run).isEmpty)
    }

    @Test("is scrubbed where the server folds it")
    func folded() throws {
        let run = try play(
            """
            secret pass = env PASS
            server mx smtp on 127.0.0.1:25 {
                on noop => raw "250-you said \(Self.literal("hunter2"))\\r\\n250 \(Self.literal("-Geheim"))\\r\\n"
                on rset => 250 "\(Self.literal("hunt er2-Ge heim"))"
            }
            test "t" {
                start mx
                connect smtp ${mx.address}
                noop
                expect reply.text == "x"
                rset => 251
            }
            """,
            options: Self.options
        )
        #expect(run.findings.count == 2)
        for (name, report) in Leaks.reports(of: run) {
            for piece in ["you said hunter2", "-Geheim", "hunt er2"] {
                #expect(!report.contains(piece), "\(name): \(report)")
            }
        }
    }

    // MARK: - The redactor

    private func scrub(_ redactor: Redactor, _ text: String) -> String {
        String(decoding: redactor.scrub(Array(text.utf8)), as: UTF8.self)
    }

    @Test("is forgotten when too much else has been learnt; what the script declares never is")
    func bounded() {
        let redactor = Redactor(secrets: [Array("declared".utf8)])
        redactor.learn(Array("derived-first".utf8))
        #expect(scrub(redactor, "a derived-first b") == "a ‹secret› b")
        for number in 0..<1000 { redactor.learn(Array("derived-number-\(number)-".utf8)) }
        #expect(scrub(redactor, "a derived-first b") == "a derived-first b")
        #expect(scrub(redactor, "derived-number-999-") == "‹secret›")
        #expect(scrub(redactor, "declared") == "‹secret›")
    }

    @Test("is not learnt where it is too short, and its line end is no part of it")
    func short() {
        let redactor = Redactor(secrets: [])
        redactor.learn(Array("abc\r\n".utf8))
        redactor.learn(Array("abcd\r\n".utf8))
        #expect(scrub(redactor, "abc") == "abc")
        #expect(scrub(redactor, "abcd") == "‹secret›")
    }

    @Test("leaves nothing of two that overlap")
    func overlapping() {
        let redactor = Redactor(secrets: [Array("xabcd".utf8), Array("abcdefgh".utf8)])
        #expect(scrub(redactor, "1xabcdefgh2") == "1‹secret›2")
    }
}
