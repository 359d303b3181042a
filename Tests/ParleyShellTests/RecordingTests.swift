import Foundation
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
            #expect(text.contains("rcpt no@b.test => any as answer"), "\(text)")
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
        try await withFile { path in
            try "# mine\n".write(toFile: path, atomically: true, encoding: .utf8)
            #expect(await talk.type(":record \(path)").isFailure)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "# mine\n")
        }
        #expect(talk.taken().contains("is no recording"))
        await talk.shell.close()
    }
}
