import Foundation
import ParleyShell
import Testing

/// What a person at the prompt is offered.
@Suite struct ShellCompletionTests {
    private func candidates(_ talk: ShellHarness, _ input: String) -> [String] {
        talk.shell.assistant.completion(of: input, at: input.utf8.count).candidates.map(\.text)
    }

    @Test func `the verbs of the protocol that the state allows are offered`() async {
        let talk = await ShellHarness()
        #expect(candidates(talk, "").contains("connect"))
        #expect(!candidates(talk, "").contains("ehlo"))
        await talk.type(ShellHarness.connected)
        #expect(candidates(talk, "").contains("ehlo") && !candidates(talk, "").contains("mail"))
        await talk.type("ehlo probe.test")
        #expect(candidates(talk, "").contains("mail") && !candidates(talk, "").contains("rcpt"))
        // What is meant all the same is found.
        #expect(candidates(talk, "rcp") == ["rcpt"])
        await talk.type("mail <>")
        #expect(candidates(talk, "r").contains("rcpt"))
        await talk.shell.close()
    }

    @Test func `what the server offers comes first, and the rest is marked`() async throws {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected + ["ehlo probe.test"])
        let all = talk.shell.assistant.completion(of: "auth ", at: 5).candidates
        #expect(all.prefix(2).map(\.text) == ["best", "plain"])
        #expect(all.dropFirst(2).allSatisfy { $0.help.hasPrefix("not offered") })
        let offered = talk.shell.assistant.completion(of: "expect offers ", at: 14).candidates
        #expect(offered.prefix(3).map(\.text) == ["SIZE", "STARTTLS", "AUTH"])
        await talk.shell.close()
    }

    @Test func `names in scope, their fields and session labels are offered`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected.dropLast() + ["connect smtp ${mx.address} as box"])
        await talk.type("ehlo probe.test => 250 as hello", "let limit = 30s")
        #expect(candidates(talk, "log li").contains("limit"))
        #expect(candidates(talk, "hello.").contains("code"))
        #expect(candidates(talk, "reply.").contains("took"))
        #expect(candidates(talk, "limi") == ["limit"])
        #expect(candidates(talk, "bo").contains("box:"))
        #expect(candidates(talk, "box: no").contains("noop"))
        #expect(candidates(talk, "let a = 1; mai") == ["mail"])
        #expect(candidates(talk, "if true {\n    let inner = 2\n    log inn") == ["inner"])
        await talk.shell.close()
    }

    @Test func `commands and what they name are offered`() async {
        let talk = await ShellHarness {
            $0.explained = [("smtp.reply", "a reply"), ("smtp.closed", "an end")]
        }
        await talk.type(ShellHarness.connected.dropLast() + ["connect smtp ${mx.address} as box"])
        #expect(candidates(talk, ":").contains(":sessions"))
        #expect(candidates(talk, ":res") == [":reset"])
        #expect(candidates(talk, ":use ") == ["box"])
        #expect(candidates(talk, ":explain smtp.c") == ["smtp.closed"])
        #expect(candidates(talk, ":help ehl") == ["ehlo"])
        let assistant = talk.shell.assistant
        #expect(assistant.hint(for: ":use ", at: 5)?.hasPrefix(":use ") == true)
        await talk.shell.close()
    }

    @Test func `mailboxes that the server lists are offered`() async {
        let talk = await ShellHarness()
        await talk.type(
            """
            server box imap on 127.0.0.1:auto {
                on list => untagged "LIST () \\"/\\" \\"Sent Items\\"" untagged "LIST () NIL M&APw-ll" OK
            }
            """,
            "start box",
            "connect imap ${box.address}",
            "login reader sesame"
        )
        #expect(candidates(talk, "select ").prefix(1) == ["INBOX"])
        #expect(candidates(talk, "select s") == [])
        #expect(await talk.type("list") == .done, "\(talk.taken())")
        #expect(candidates(talk, "select ").prefix(3) == ["INBOX", "\"Sent Items\"", "Müll"])
        #expect(candidates(talk, "status s") == ["\"Sent Items\""])
        #expect(await talk.type("create Archive/2024") == .done, "\(talk.taken())")
        #expect(candidates(talk, "append a") == ["Archive/2024"])
        await talk.shell.close()
    }

    @Test func `a hint shows the verb's arguments and its success class`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected)
        let assistant = talk.shell.assistant
        #expect(assistant.hint(for: "mail ", at: 5)?.contains("REVERSE-PATH") == true)
        #expect(assistant.hint(for: "mail ", at: 5)?.contains("=> 2xx") == true)
        #expect(assistant.hint(for: "data", at: 4)?.contains("=> 3xx") == true)
        #expect(assistant.hint(for: "nonsense", at: 8) == nil)
        await talk.shell.close()
    }

    @Test func `files of the script's folder are offered where a file is meant`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "parley-\(UUID().uuidString)"
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "deep"),
            withIntermediateDirectories: true
        )
        for name in ["domains.txt", "deep/er.txt", ".hidden"] {
            try Data("x".utf8).write(to: folder.appending(path: name))
        }
        let talk = await ShellHarness { $0.path = folder.path + "/session.parley" }
        #expect(candidates(talk, "let x = lines(\"") == ["deep/", "domains.txt"])
        #expect(candidates(talk, "let x = lines(\"do") == ["domains.txt"])
        #expect(candidates(talk, "let x = lines(\"deep/") == ["er.txt"])
        #expect(candidates(talk, "let x = lines(\"nothing/") == [])
        await talk.shell.close()
    }

    @Test func `what is replaced are octets, whatever stands before`() async {
        let talk = await ShellHarness()
        await talk.type("let limit = 30s")
        let input = "log \"zażółć 💥 ${lim"
        let completion = talk.shell.assistant.completion(of: input, at: input.utf8.count)
        #expect(completion.range == input.utf8.count - 3..<input.utf8.count)
        #expect(completion.candidates.map(\.text) == ["limit"])
        await talk.shell.close()
    }
}
