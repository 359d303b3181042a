import Parley
import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import Testing

@testable import ParleyCLI

/// Whatever an option holds, the script that is made of it is right and holds exactly that.
@Suite struct SMTPPlanTests {
    private static let pieces = [
        "a", "Z", "9", " ", "\"", "\\", "$", "{", "}", "${", "$${", "#", ";", "=>", "=", "<", ">",
        "'", "`", "/", "as", "within", "else warn", "or", "verify none", "\"@b", "é", "日",
        "\u{202E}",
        "\u{A0}", "\u{200B}", "“", ":", ",", "(", "[", "\\u{41}", "\\x41", "%",
    ]

    @Test func `any text comes out of the script as it went in`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let count = Int.random(in: 1...8, using: &generator)
            let text = (0..<count).map { _ in
                Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
            }.joined()
            let source = SourceText(name: "x", "param user = \(ScriptWord.word(text))\n")
            let (tree, problems) = Parser.parse(source)
            #expect(problems.isEmpty, "\(text)")
            guard case .parameter(_, _, let word)? = tree.statements.first?.kind else {
                Issue.record("no parameter for \(text)")
                continue
            }
            #expect(word?.literal == text)
            #expect(tree.statements.count == 1)
        }
    }

    @Test func `the script is right, formatted, and one statement a line`() throws {
        var generator = SystemRandomNumberGenerator()
        for round in 0..<300 {
            var plan = SMTPPlan(target: ["mx.test:25", "[::1]:25", "unix:/a b\"c"][round % 3])
            plan.encryption = [.none, .startTLS, .implicit][Int.random(in: 0..<3)]
            plan.last = SMTPStage.allCases[Int.random(in: 0..<6)]
            plan.sender = ["<>", "a@b.test", "\"q ${s}\\\" #\"@b.test"].randomElement() ?? ""
            plan.recipients = ["postmaster", "as@within", "\"=> 250\"@[192.0.2.1]"]
            plan.greeting = [nil, "within", "[192.0.2.1]"].randomElement() ?? nil
            plan.authorityFile = [nil, "ca\nfile"].randomElement() ?? nil
            plan.timeout = "10s"
            if Bool.random() {
                plan.isLMTP = plan.encryption != .implicit
                plan.route.source =
                    [nil, "192.0.2.5", ":4000", "[::1]:4000"].randomElement() ?? nil
                plan.route.family = [nil, "ipv4"].randomElement() ?? nil
                plan.route.posing = [[], ["NAME=mx.test", "LOGIN=a+3Db"]].randomElement() ?? []
                plan.route.forwarded = [[], ["HELO=[192.0.2.1]"]].randomElement() ?? []
            }
            if Bool.random(), !plan.target.hasPrefix("unix") {
                plan.route.proxy = "socks5://127.0.0.1:1080"
                plan.route.proxyLogin = SMTPRoute.Login(user: "as \"${x}", variable: "X")
                plan.route.allowsClear = Bool.random()
                plan.route.header = "v2"
                plan.route.client = "192.0.2.1:25"
                plan.route.server = "192.0.2.2:25"
            }
            let user = (0..<4).map { _ in
                Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
            }.joined()
            plan.login = SMTPPlan.Login(
                mechanism: "plain",
                user: user,
                password: [.environment("X"), .prompt, .file(name: user, folder: "a\nb")]
                    .randomElement()
            )
            let script = plan.script.text
            let source = SourceText(name: "<x>", script)
            let loaded = ScriptLoader(lints: true).load(source, path: "./x")
            // What was asked for by --in-clear is still told.
            let complaints = loaded.diagnostics.filter { $0.code != "lint.in-clear" }
            #expect(complaints.allSatisfy { $0.severity < .warning }, "\(script)")
            #expect(Formatter.format(Parser.parse(source).tree) == script)
        }
    }

    // RFC 6531 §3.4.
    @Test func `paths beyond ASCII are announced, a recipient's too`() throws {
        var plan = SMTPPlan(target: "mx.test:25", recipients: ["żółw@mx.test"], last: .rcpt)
        #expect(plan.script.text.contains("mail <> SMTPUTF8\n"))
        plan.recipients = ["a@mx.test"]
        #expect(!plan.script.text.contains("SMTPUTF8"))
        plan.sender = "żółw@mx.test"
        #expect(plan.script.text.contains("mail \"żółw@mx.test\" SMTPUTF8\n"))
    }

    @Test func `a step's line is the one that does it`() throws {
        var plan = SMTPPlan(target: "mx.test:25", recipients: ["a@mx.test"], last: .rcpt)
        plan.authorityFile = "ca.pem"
        let script = plan.script
        let lines = script.text.split(separator: "\n", omittingEmptySubsequences: false)
        let achieved = script.steps.map { lines[$0.line - 1].prefix { $0 != "=" } }
        #expect(
            achieved.map { $0.split(separator: " ").first ?? "" }
                == ["connect", "}", "mail", "rcpt"]
        )
    }
}
