import Foundation
import ParleyShell
import Testing

/// `:reset`, and what it leaves alone.
@Suite struct ResetTests {
    @Test func `sessions end politely, and names and settings are forgotten`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected + ["ehlo probe.test => 250 as hello", "let a = 7"])
        await talk.type("dialogue d() {\n    noop\n}", ":timeout 5s", ":time on")
        _ = talk.taken()
        #expect(await talk.type(":reset") == .done)
        let shown = talk.taken()
        #expect(shown.contains("C QUIT") && shown.contains("server mx stopped"), "\(shown)")
        #expect(talk.shell.prompt == "parley> ")
        for name in ["a", "hello", "it", "do d()", "start mx"] {
            #expect(await talk.type(name).isFailure, "\(name)")
        }
        _ = talk.taken()
        for command in [":sessions", ":vars", ":caps", ":undo", ":reconnect", ":save x.parley"] {
            await talk.type(command)
            #expect(!talk.taken().contains("mx"), "\(command)")
        }
        await talk.type("1 + 1", ":timeout")
        let later = talk.taken()
        #expect(!later.contains("took ") && !later.contains("5s"), "\(later)")
        // A conversation begins anew.
        #expect(await talk.type(ShellHarness.connected) == .done)
        #expect(talk.shell.prompt == "smtp mx.test > ")
        await talk.shell.close()
    }

    @Test func `what was typed is kept, and how the dialogue shows, and raw typing ends`() async {
        let talk = await ShellHarness()
        await talk.type(":trace raw")
        await talk.type(ShellHarness.connected + [":raw"])
        #expect(await talk.type(":reset") == .done)
        _ = talk.taken()
        await talk.type(":history")
        #expect(talk.taken().contains("connect smtp ${mx.address} name mx.test"))
        await talk.type(ShellHarness.connected + ["noop"])
        #expect(talk.taken().contains("C \"NOOP\\r\\n\""))
        await talk.shell.close()
    }

    @Test func `a recording goes on with what is said from then on`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "parley-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "r.parley")
        let talk = await ShellHarness()
        await talk.type(":record \(file.path)")
        await talk.type(ShellHarness.connected + ["ehlo first.test", ":reset"])
        await talk.type(ShellHarness.connected + ["ehlo second.test"])
        await talk.shell.close()
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("second.test") && !text.contains("first.test"), "\(text)")
    }
}
