import Foundation
import Parley
import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyShell
import ParleySyntax
import Synchronization
import Testing

/// A server that outlives the conversation with it, and what becomes of that conversation when it
/// is saved and run.
final class SaveHarness {
    static let password = "kon\"ik ${x} garbusek"

    let server: ShellHarness
    let talk: ShellHarness
    /// `127.0.0.1:40123`
    let address: String
    let folder: String

    /// Starts `server`, which is called `mx`.
    init(_ server: String) async throws {
        self.server = await ShellHarness { $0.options.environment["WORD"] = Self.password }
        await self.server.type("secret word = env WORD", server, "start mx")
        _ = self.server.taken()
        await self.server.type("mx.address")
        address = String(self.server.taken().filter { !"\"".contains($0) })
        talk = await ShellHarness { $0.options.environment["WORD"] = Self.password }
        folder = NSTemporaryDirectory() + "parley-save-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Types inputs in which `HOST` is the server's address; all but those behind `✗` must work.
    func type(_ inputs: String...) async {
        for input in inputs {
            let mayFail = input.hasPrefix("✗")
            let text = (mayFail ? String(input.dropFirst()) : input)
                .replacing("HOST", with: address)
            let response = await talk.type(text)
            #expect(response.isFailure == mayFail, "\(input): \(talk.taken())")
        }
    }

    /// Saves the conversation, runs what was saved, and holds it against all that is asked of it.
    func saved() async throws -> String {
        _ = talk.taken()
        let path = folder + "/talk.parley"
        #expect(await talk.type(":save! \(path)") == .done, "\(talk.taken())")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let (tree, problems) = Parser.parse(SourceText(name: path, text))
        #expect(problems.isEmpty)
        #expect(Formatter.format(tree) == text, "\(text)")
        let linted = ScriptLoader(lints: true).load(path)
        let advice = linted.diagnostics.filter { $0.code != "lint.verify-none" }
        #expect(advice.isEmpty, "\(text)\n\(advice.map(\.message))")
        #expect(linted.diagnostics.allSatisfy { $0.severity < .warning })
        #expect(!text.contains("garbusek"), "\(text)")

        let script = try #require(linted.script)
        var options = RunOptions()
        for name in ["PROBE_PASS", "WORD"] { options.environment[name] = Self.password }
        let sink = Findings()
        let summary = await Parley.run([script], options: options, reportingTo: sink)
        let found = sink.found.withLock { $0 }
        #expect(summary.counts == [.pass: 1], "\(text)\n\(found)")
        // How far arrows are pushed to stand below each other is the formatter's matter.
        return text.replacing(#/ +=>/#, with: " =>")
    }

    /// What `:save` has told.
    func told() -> String { talk.taken() }

    func close() async {
        await talk.shell.close()
        await server.shell.close()
    }

    private final class Findings: EventSink {
        let found = Mutex<[String]>([])
        var wantsDialogue: Bool { false }

        func receive(_ event: RunEvent) {
            guard case .note(.found(let finding)) = event.kind else { return }
            found.withLock { $0.append("\(finding.reason): \(finding.message)") }
        }
    }
}
