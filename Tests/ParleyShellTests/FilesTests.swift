import Foundation
import ParleyShell
import Testing

/// Commands that read or write files.
@Suite struct FilesTests {
    /// A folder of its own.
    private static func folder() throws -> String {
        let path = NSTemporaryDirectory() + "parley-shell-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private static let script = """
        param host = a.test
        param port: int
        let words = lines("words.txt")
        dialogue hello(name) {
            ehlo ${name}
        }
        server mx smtp on 127.0.0.1:auto {
        }

        test "it greets" {
            start mx
            connect smtp ${mx.address}
            do hello("probe.test")
        }

        test "it refuses" {
            start mx
            connect smtp ${mx.address}
            noop => 500
        }
        """

    private static func written(_ text: String, as name: String = "x.parley") throws -> String {
        let folder = try folder()
        try "one\ntwo\n".write(toFile: folder + "/words.txt", atomically: true, encoding: .utf8)
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        return folder + "/" + name
    }

    @Test func `a script is loaded: its names can be used and its tests run`() async throws {
        let path = try Self.written(
            Self.script.replacing("param port: int\n", with: "param port: int = 25\n")
        )
        let talk = await ShellHarness()
        #expect(await talk.type(":load \(path)") == .done)
        let told = talk.taken()
        #expect(told.contains("param") && told.contains("host, port"), "\(told)")
        #expect(told.contains("dialogue") && told.contains("\"it greets\" (line 10)"), "\(told)")
        await talk.type("words")
        #expect(talk.taken() == "0 \"one\"\n1 \"two\"")
        await talk.type("start mx", "connect smtp ${mx.address}")
        #expect(await talk.type("do hello(\"probe.test\")") == .done)
        _ = talk.taken()
        #expect(await talk.type(":run \"it greets\"") == .done)
        #expect(talk.taken().contains("pass it greets"))
        #expect(await talk.type(":run \"it greats\"").isFailure)
        #expect(talk.taken().contains("did you mean \"it greets\"?"))
        await talk.shell.close()
    }

    @Test func `a run of a failing test shows its report`() async throws {
        let path = try Self.written(Self.script.replacing("param port: int\n", with: ""))
        let talk = await ShellHarness()
        #expect(await talk.type(":run \(path):17").isFailure)
        let report = talk.taken()
        #expect(report.contains("FAIL") && report.contains("expected 500, got 250"), "\(report)")
        #expect(!report.contains("it greets"))
        #expect(await talk.type(":run").isFailure)
        #expect(talk.taken().contains("it refuses"))
        #expect(await talk.type(":run \(path):9") == .done)
        #expect(await talk.type(":run \(path):4").isFailure)
        #expect(talk.taken().contains("tests begin at"))
        await talk.shell.close()
    }

    @Test func `a missing or broken file is told, and the session stays`() async throws {
        let broken = try Self.written("param host = \ntest \"x\" {\n    elho\n}\nlet a = b\n")
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected)
        _ = talk.taken()
        #expect(await talk.type(":load /nowhere/x.parley").isFailure)
        #expect(talk.taken().contains("no such file"))
        #expect(await talk.type(":load \(broken)").isFailure)
        let told = talk.taken()
        #expect(told.contains("name.unknown") || told.contains("‘b’"), "\(told)")
        #expect(await talk.type(":run \(broken)").isFailure)
        #expect(await talk.type("host").isFailure)
        #expect(await talk.type("noop") == .done)
        await talk.shell.close()
    }

    @Test func `a transcript is for its writer alone and replaces nothing`() async throws {
        let folder = try Self.folder()
        let talk = await ShellHarness()
        #expect(await talk.type(":transcript \(folder)/t.txt").isFailure)
        await talk.type(ShellHarness.connected + ["ehlo probe.test", "auth plain me hunter22"])
        #expect(await talk.type(":transcript \(folder)/t.txt") == .done)
        let text = try String(contentsOfFile: folder + "/t.txt", encoding: .utf8)
        #expect(text.contains("C EHLO probe.test") && text.contains("S 250-SIZE 1000"))
        #expect(!text.contains("hunter22") && !text.contains("AG1lAGh1bnRlcjIy"))
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/t.txt")
        #expect(mode[.posixPermissions] as? Int == 0o600)
        _ = talk.taken()
        #expect(await talk.type(":transcript \(folder)/t.txt").isFailure)
        #expect(talk.taken().contains("is there already"))
        #expect(await talk.type(":transcript! \(folder)/t.txt") == .done)
        #expect(await talk.type(":transcript \(folder)/no/t.txt").isFailure)
        await talk.shell.close()
    }
}
