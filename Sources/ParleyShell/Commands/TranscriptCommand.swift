import ParleyDiagnostics
import ParleyEngine
import ParleyReports

/// `:transcript FILE`
struct TranscriptCommand: ShellCommand {
    let name = "transcript"
    let arguments = "FILE"
    let help = "writes the dialogue of every session into a file, secrets hidden"
    let completes = CommandArgument.file

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let home = shell.configuration.options.environment["HOME"]
        let file = WrittenFile(argument, home: home)
        guard !file.path.isEmpty else {
            return shell.complain("write it where?", help: ":transcript FILE")
        }
        await shell.refresh()
        guard !shell.sessions.isEmpty else {
            return shell.complain("nothing was said yet", help: "connect smtp HOST:PORT")
        }
        let said = await shell.live.transcripts()
        var lines: [String] = []
        for session in shell.sessions {
            if !lines.isEmpty { lines.append("") }
            let target = DisplayText.safe(session.target, limit: 400)
            let peer = session.peer.isEmpty ? "" : " (\(DisplayText.safe(session.peer)))"
            lines.append("# \(session.label): \(session.protocolName) \(target)\(peer)")
            lines += (said[session.slot] ?? "").split(
                separator: "\n",
                omittingEmptySubsequences: false
            )
            .map { DisplayText.safe(String($0), limit: 10_000) }
        }
        let text = lines.map { shell.live.scrub($0) + "\n" }.joined()
        do throws(WrittenFile.Problem) {
            // What people write to each other is nobody else's business.
            try file.write(Array(text.utf8), mode: 0o600)
        } catch {
            return shell.complain(
                error.message,
                help: error.isThere ? "`:transcript! \(file.path)` replaces it" : nil
            )
        }
        shell.output.show { text in
            [text.safe("wrote \(lines.count) lines to \(file.path)")]
        }
        return .done
    }
}
