import ParleyEngine
import ParleyMachine
import ParleyReports
import Synchronization
import Testing

@Suite("The end of a dialogue")
struct ExcerptTests {
    /// A session that went under TLS and was closed at its last command.
    private static var closed: Dialogue {
        let noops = (0..<10).flatMap { number -> [(Int64, Dialogue.Speaker, String)] in
            [(Int64(20 + number), .client, "NOOP"), (Int64(20 + number), .server, "250 2.0.0 Ok")]
        }
        return SampleRun.dialogue(
            [
                (2, .client, "STARTTLS"), (8, .server, "220 2.0.0 Ready to start TLS"),
                (11, .event, "TLSv1.3 TLS_AES_256_GCM_SHA384"),
            ] + noops + [(40, .client, "RCPT TO:<postmaster@example.net>")]
        )
    }

    private func told(_ reason: String, _ style: ReportStyle = ReportStyle()) -> String {
        let finding = Finding(
            verdict: .fail,
            reason: reason,
            stage: "RCPT",
            message: "the server closed the connection after RCPT, before its reply",
            place: SampleRun.place("rcpt nobody"),
            session: 1
        )
        var run = SampleRun()
        run.finish(0, "closed", .fail, [finding], dialogues: [1: Self.closed])
        return run.rendered(.text, style)
    }

    @Test("marks the last line before a close, and ends with it", arguments: ["closed", "reset"])
    func close(_ how: String) throws {
        let lines = told("smtp.\(how)").split(separator: "\n").filter { $0.contains("│ 0.") }
        let marked = lines.filter { $0.hasSuffix("◄") }
        #expect(marked.count == 1)
        #expect(marked.first?.contains("C RCPT TO:<postmaster@example.net>") == true)
        #expect(lines.last == marked.first)
    }

    @Test("is followed by a command line that repeats what decided the run, quoted for a shell")
    func again() {
        var style = ReportStyle()
        style.repeatedOptions = { ["--set", "greeting=it's me", "--profile", "staging"] }
        let text = told("smtp.closed", style)
        #expect(
            text.contains(
                "= run again: parley run tests/submission.parley:4 "
                    + "--set 'greeting=it'\\''s me' --profile staging --trace\n"
            )
        )
    }

    @Test("asks for the command line's options only where a test fails")
    func lazily() {
        let asked = Mutex(0)
        var style = ReportStyle()
        style.repeatedOptions = {
            asked.withLock { $0 += 1 }
            return []
        }
        var run = SampleRun()
        run.finish(0, "greets", .pass)
        _ = run.rendered(.text, style)
        #expect(asked.withLock { $0 } == 0)
        _ = told("smtp.closed", style)
        #expect(asked.withLock { $0 } == 1)
    }
}
