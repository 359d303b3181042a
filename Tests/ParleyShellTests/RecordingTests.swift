import Foundation
import ParleyEngine
import ParleyShell
import Testing

/// `:record`: the conversation as a script that needs no network.
@Suite struct RecordingTests {
    private func withFile(_ body: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "parley-\(UUID().uuidString).parley")
        defer { try? FileManager.default.removeItem(at: file) }
        try await body(file.path)
    }

    /// The address of a server of another shell, which is no server of this one.
    private func address(of shell: ShellHarness) async -> String {
        await shell.type(ShellHarness.connected)
        _ = shell.taken()
        await shell.type("mx.address")
        return shell.taken().split(separator: " ").last.map { String($0) } ?? ""
    }

    @Test func `failed tries expect what came, and what never was said is a remark`() async throws {
        let other = await ShellHarness()
        let address = await address(of: other).filter { $0 != "\"" }
        try await withFile { path in
            let talk = await ShellHarness()
            await talk.type("connect smtp \(address)", "ehlo probe.test", ":record \(path)")
            await talk.type("mail a@b.test", "rcpt no@b.test => 250 as answer", "answer.code")
            await talk.type("connect smtp 127.0.0.1:1", "expect 1 == 2", ":record off")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.hasPrefix("# A recording of a conversation"), "\(text)")
            #expect(text.contains("rcpt no@b.test => 550 5.1.1 as answer"), "\(text)")
            #expect(text.contains("550 5.1.1 \"User unknown\""), "\(text)")
            #expect(text.contains("# net.refused: connect smtp 127.0.0.1:1"), "\(text)")
            #expect(text.contains("# assert.value: expect 1 == 2"), "\(text)")
            #expect(text.contains("replays \"\(address)\""), "\(text)")
            await talk.shell.close()
        }
        await other.shell.close()
    }

    @Test func `a password that is typed as a word is in no recording`() async throws {
        let other = await ShellHarness()
        let address = await address(of: other).filter { $0 != "\"" }
        try await withFile { path in
            let talk = await ShellHarness()
            await talk.type("connect smtp \(address)", "ehlo probe.test", ":record \(path)")
            await talk.type("auth plain tour wonder-1", "auth cram-md5 tour wonder-2")
            await talk.type("auth plian tour wonder-3", "let password = \"wonder-4\"")
            await talk.type("auth plain tour ${password}", "authplain tour wonder-5", ":record off")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(!text.contains("wonder-"), "\(text)")
            #expect(text.contains("auth plain tour ‹secret›"), "\(text)")
            #expect(text.contains("let password = \"‹secret›\""), "\(text)")
            await talk.shell.close()
        }
        await other.shell.close()
    }

    @Test func `off without on is told, and a file that is no recording stays`() async throws {
        let talk = await ShellHarness()
        #expect(await talk.type(":record off").isFailure)
        #expect(await talk.type(":record! x.parley").isFailure)
        try await withFile { path in
            try "# mine\n".write(toFile: path, atomically: true, encoding: .utf8)
            #expect(await talk.type(":record \(path)").isFailure)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "# mine\n")
        }
        #expect(talk.taken().contains("is no recording"))
        await talk.shell.close()
    }

    /// Records a conversation with a server of another shell, whose address stands for `@`, and
    /// runs what was written without that server; both texts are told if it fails.
    private func replaying(
        _ server: [String],
        named name: String,
        environment: [String: String] = [:],
        _ inputs: [String],
        _ body: (String) -> Void = { _ in }
    ) async throws {
        let other = await ShellHarness()
        await other.type(server + ["start \(name)"])
        _ = other.taken()
        await other.type("\(name).address")
        let words = other.taken().split(separator: " ")
        let address = words.last.map { $0.filter { $0 != "\"" } } ?? ""
        try await withFile { path in
            let talk = await ShellHarness { $0.options.environment = environment }
            await talk.type([":record \(path)"] + inputs.map { $0.replacing("@@", with: address) })
            await talk.type(":record off")
            await talk.shell.close()
            await other.shell.close()
            let text = try String(contentsOfFile: path, encoding: .utf8)
            body(text)
            let again = await ShellHarness()
            let response = await again.type(":run \(path)")
            let told = again.taken()
            #expect(!response.isFailure && told.contains("1 passed"), "\(text)\n\(told)")
            await again.shell.close()
        }
    }

    private static let relay = """
        server mx smtp on 127.0.0.1:auto {
            user tour right-one
            on ehlo => 250 "mx.test" offers [STARTTLS, AUTH PLAIN LOGIN SCRAM-SHA-256]
            on rcpt /^no/ => 550 5.1.1 "User unknown"
        }
        """

    @Test func `a login that was refused is refused again, and the next one accepted`()
        async throws
    {
        let session = ["connect smtp @@", "ehlo probe.test"]
        for login in ["auth plain tour", "auth login tour", "auth scram-sha-256 tour"] {
            try await replaying(
                [Self.relay],
                named: "mx",
                session + ["\(login) wrong-one", "\(login) right-one", "noop"]
            ) { text in
                #expect(text.contains("\(login) ‹secret› => any"), "\(text)")
            }
        }
    }

    @Test func `logins by hand are answered line by line`() async throws {
        try await replaying(
            [Self.relay],
            named: "mx",
            [
                "connect smtp @@", "ehlo probe.test",
                "send \"AUTH LOGIN\" => 334", "send \"dG91cg==\" => 334",
                "send \"d3JvbmctcHc=\" => 235", "send \"AUTH LOGIN\" => 334",
                "send \"dG91cg==\" => 334", "send \"cmlnaHQtb25l\" => 235", "noop",
            ]
        ) { text in
            #expect(!text.contains("d3Jvbmc") && !text.contains("cmlnaHQ"), "\(text)")
        }
    }

    @Test func `what failed without a reply is not played, nor the certificate that it met`()
        async throws
    {
        try await replaying(
            ["server tl smtps on 127.0.0.1:auto name right.test {\n    greet => 220 \"hi\"\n}"],
            named: "tl",
            ["connect smtps @@", "connect smtps @@ verify none", "ehlo probe.test", "noop"]
        ) { text in
            #expect(text.contains("# tls.certificate.untrusted: connect smtps"), "\(text)")
            #expect(!text.contains("certificate untrusted"), "\(text)")
        }
        try await replaying(
            [Self.relay],
            named: "mx",
            [
                "connect smtp @@", "ehlo probe.test", "starttls", "noop", "connect smtp @@",
                "ehlo probe.test", "starttls verify none", "ehlo probe.test",
            ]
        ) { text in
            #expect(text.contains("# tls.certificate.untrusted: starttls"), "\(text)")
        }
        let hello = "dialogue hello() {\n    ehlo a.test\n    mail a@b.test\n    rcpt no@b.test\n}"
        try await replaying(
            [Self.relay],
            named: "mx",
            [
                hello, "connect smtp @@", "do hello()", "ehlo probe.test", "mail a@b.test",
                "rcpt yes@b.test",
            ]
        ) { text in
            #expect(text.contains("# smtp.reply: do hello()"), "\(text)")
        }
    }

    @Test func `a connection that was to be refused is, and a secret is declared once`()
        async throws
    {
        try await replaying(
            [Self.relay],
            named: "mx",
            environment: ["ONE": "wrong-one", "TWO": "right-one"],
            [
                "connect smtp 127.0.0.1:1 => refused", "connect smtp @@", "ehlo probe.test",
                "secret pass = env ONE", "auth plain tour ${pass}", "secret pass = env TWO",
                "auth plain tour ${pass}",
            ]
        ) { text in
            #expect(text.ranges(of: "secret pass").count == 1, "\(text)")
        }
    }
}
