import Foundation
import Testing

/// `parley record`, and the file that it writes.
@Suite struct RecordTests {
    private static let environment = ["PROBE_PASS": "hunter2-wonder"]

    private static let script = """
        secret pass = env PROBE_PASS
        param host = 127.0.0.1:1
        param who: address = nobody@example.net

        # Comments stay.
        test "login and mail" {
            connect smtp ${host} name mx.test
            ehlo probe-${run.id}.test
            starttls verify none
            require tls.version >= TLSv1.2
            ehlo probe.test
            auth scram-sha-256 ${who} ${pass}
            noop as echo
            expect echo.text contains pass
            mail ${who}
            rcpt ${uuid()}@example.net => 451 4.7.1
        }

        test "it offers too little" {
            connect smtp ${host}
            ehlo probe.test
            expect offers SIZE >= 20MB
        }
        """

    /// A server that knows the password and tells it.
    private static func server() throws -> ServingScript {
        try ServingScript(
            """
                name mx.test
                user probe@example.net hunter2-wonder
                greet          => 220 "mx.test hunter2-wonder"
                on ehlo before tls => 250 "mx.test" offers [STARTTLS, SIZE 1000]
                on ehlo        => 250 "mx.test" offers [AUTH SCRAM-SHA-256 PLAIN]
                on noop        => 250 "hunter2-wonder" "aHVudGVyMi13b25kZXI="
                on rcpt        => 451 4.7.1 "later"
            """
        )
    }

    private static func verdicts(_ output: String) -> [String] {
        output.split(separator: "\n").filter { $0.hasPrefix("pass") || $0.hasPrefix("FAIL") }
            // What stands behind the title is the time that it took.
            .map { $0.split(separator: "  ").first.map(String.init) ?? "" }
    }

    @Test func `a mailbox plays without its server`() throws {
        let script = """
            secret pass = env PROBE_PASS

            test "t" {
                connect imap ${host}
                login reader ${pass}
                select INBOX => OK matching /3 EXISTS/
                append INBOX "zażółć"
                fetch 1 => OK matching /hello/
                logout
            }
            """
        try Tool.withFolder(["empty": ""]) { folder in
            var server: ServingScript? = try ServingScript(
                """
                    user reader hunter2-wonder
                    on select => untagged "3 EXISTS" OK [READ-WRITE] "done"
                    on fetch => raw "* 1 FETCH (BODY[] {20}\\r\\nhello hunter2-wonder)\\r\\n" OK
                """,
                as: "imap"
            )
            let file = folder.appending(path: "probe.parley")
            let host = "param host = 127.0.0.1:\(server?.port ?? 0)\n"
            try (host + script).write(to: file, atomically: true, encoding: .utf8)
            let recorded = try Tool.run(
                "record",
                "probe.parley",
                in: folder,
                environment: Self.environment
            )
            #expect(recorded.status == 0, "\(recorded.output)\(recorded.errors)")
            server = nil
            let again = try Tool.run("run", "probe.recorded.parley", in: folder)
            #expect(again.status == 0, "\(again.output)\(again.errors)")
            let text = try String(
                contentsOf: folder.appending(path: "probe.recorded.parley"),
                encoding: .utf8
            )
            #expect(!text.contains("hunter2"), "\(text)")
            #expect(text.contains("on select first => untagged \"3 EXISTS\" OK [READ-WRITE]"))
            let lint = try Tool.run("lint", "probe.recorded.parley", in: folder)
            #expect(lint.status == 0 && lint.errors.isEmpty, "\(lint.output)\(lint.errors)")
        }
    }

    @Test func `a recording plays without its server, to the same verdicts`() throws {
        try Tool.withFolder(["probe.parley": Self.script]) { folder in
            var server: ServingScript? = try Self.server()
            let recorded = try Tool.run(
                "record",
                "probe.parley",
                "--set",
                "host=127.0.0.1:\(server?.port ?? 0)",
                "--set",
                "who=probe@example.net",
                in: folder,
                environment: Self.environment
            )
            #expect(recorded.status == 1, "\(recorded.output)\(recorded.errors)")
            #expect(recorded.errors.contains("recorded 2 connections"), "\(recorded.errors)")
            server = nil
            let again = try Tool.run("run", "probe.recorded.parley", in: folder)
            #expect(again.status == 1, "\(again.output)\(again.errors)")
            let verdicts = Self.verdicts(recorded.output)
            #expect(verdicts.count == 2 && Self.verdicts(again.output) == verdicts)
            #expect(again.output.contains("assert.value"))

            let file = folder.appending(path: "probe.recorded.parley")
            let text = try String(contentsOf: file, encoding: .utf8)
            for form in ["hunter2-wonder", "aHVudGVyMi13b25kZXI", "68756e746572322d776f6e646572"] {
                #expect(!text.contains(form), "\(text)")
            }
            #expect(text.contains("# Comments stay."))
            let style = try Tool.run("fmt", "--check", "probe.recorded.parley", in: folder)
            #expect(style.status == 0, "\(style.output)\(style.errors)")
            let lint = try Tool.run("lint", "probe.recorded.parley", in: folder)
            #expect(lint.status == 0 && lint.errors.isEmpty, "\(lint.output)\(lint.errors)")
        }
    }

    @Test func `a recording replaces a recording, and nothing else`() throws {
        let script = "test \"t\" {\n    connect smtp 127.0.0.1:1 => refused\n}\n"
        try Tool.withFolder(["t.parley": script, "precious.parley": "# mine\n"]) { folder in
            let refused = try Tool.run("record", "t.parley", "-o", "precious.parley", in: folder)
            #expect(refused.status == 3 && refused.errors.contains("is no recording"))
            let kept = try String(
                contentsOf: folder.appending(path: "precious.parley"),
                encoding: .utf8
            )
            #expect(kept == "# mine\n")
            for _ in 1...2 {
                let outcome = try Tool.run("record", "t.parley", "-o", ".", in: folder)
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            let again = try Tool.run("run", "t.recorded.parley", in: folder)
            #expect(again.status == 0, "\(again.output)\(again.errors)")
            let twice = try Tool.run("record", "t.recorded.parley", in: folder)
            #expect(twice.status == 2 && twice.errors.contains("recording already"))
        }
    }

    @Test func `a secret that is spelled like a word of the script is never written`() throws {
        let script = """
            secret pass = env PROBE_PASS

            test "t" {
                connect smtp 127.0.0.1:1 => refused
                log pass
            }
            """
        try Tool.withFolder(["t.parley": script]) { folder in
            let outcome = try Tool.run(
                "record",
                "t.parley",
                in: folder,
                environment: ["PROBE_PASS": "connect"]
            )
            #expect(outcome.status == 3, "\(outcome.output)\(outcome.errors)")
            let written = folder.appending(path: "t.recorded.parley").path
            #expect(!FileManager.default.fileExists(atPath: written))
        }
    }

    @Test func `a conversation is recorded as it goes on`() throws {
        try Tool.withFolder(["empty": ""]) { folder in
            var server: ServingScript? = try Self.server()
            let typed = """
                connect smtp 127.0.0.1:\(server?.port ?? 0)
                ehlo probe.test
                :record talk.parley
                rcpt a@example.net => any
                let x = 1
                let x = 2
                x + 1
                :record off
                noop
                """
            let talk = try Tool.run("repl", input: typed, in: folder)
            #expect(talk.status == 0, "\(talk.output)\(talk.errors)")
            #expect(talk.output.contains("recorded: parley run talk.parley"), "\(talk.output)")
            server = nil
            let again = try Tool.run("run", "talk.parley", in: folder)
            #expect(again.status == 0, "\(again.output)\(again.errors)")
            let file = folder.appending(path: "talk.parley")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains("rcpt a@example.net => any") && !text.contains("noop"))
            let style = try Tool.run("fmt", "--check", "talk.parley", in: folder)
            #expect(style.status == 0)
        }
    }
}
