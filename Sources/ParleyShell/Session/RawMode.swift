import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyReports
import ParleySyntax
import ParleyWire

/// Lines that go over the wire as they are typed: `:raw`.
struct RawMode {
    /// The session they go to.
    let slot: Int
    /// Whether its protocol answers with replies; with lines of any form otherwise.
    let hasReplies: Bool
    /// How many answers the server owes.
    var owed = 0
    /// Whether the server takes a message until a line with a dot.
    var isContent = false
}

extension Shell {
    /// Sends a line as it was typed, and reads what answers it.
    ///
    /// Where a script would be refused, for the server has spoken or still owes an answer, a person
    /// is warned.
    func typeRaw(_ input: String) async -> ShellResponse {
        var response = ShellResponse.done
        for line in input.split(separator: "\n", omittingEmptySubsequences: false) {
            response = await typeRaw(line: String(line))
            guard raw != nil, !response.isFailure else { break }
        }
        return response
    }

    private func typeRaw(line: String) async -> ShellResponse {
        guard let mode = raw else { return .done }
        guard let session = current, session.slot == mode.slot, session.isOpen else {
            raw = nil
            return complain("the session is over, and raw typing with it", help: ":reconnect")
        }
        if line == ".", !mode.isContent { return await endRaw() }
        if output.hasUnasked, mode.hasReplies {
            warn("the server has spoken unasked; that is read first")
            await readRaw()
        } else if mode.owed > 0, !mode.isContent {
            warn("no answer yet to the line before; a script would wait, this one is sent")
        }
        let word = line.lowercased().split(separator: " ").first ?? ""
        if word == "starttls", mode.hasReplies {
            warn("no handshake follows a raw STARTTLS: leave with `.` and say `starttls`")
        }
        let sent = await run("send \(ScriptWord.quoted(line))", isExpression: false, isRaw: true)
        guard !sent.isFailure else { return sent }
        if mode.isContent, line != "." { return .done }
        raw?.isContent = false
        raw?.owed += 1
        await readRaw()
        return .done
    }

    /// Reads what the server owes, as long as it answers at once.
    private func readRaw() async {
        guard let mode = raw else { return }
        let unit = mode.hasReplies ? "reply" : "line"
        let wait = mode.hasReplies ? "2s" : "300ms"
        var lines = 0
        while raw != nil, lines < 100 {
            let response = await run(
                "receive \(unit) => any or closed or timeout within \(wait) as it",
                isExpression: false,
                result: "it",
                isRaw: true
            )
            let isOpen = current?.isOpen == true
            // The lines of a farewell are there to be read, although the server has left.
            guard !response.isFailure, isOpen || !mode.hasReplies else {
                raw = nil
                return
            }
            guard let value = entries.last?.outcome.value else { return }
            if case .none = value {
                if !isOpen {
                    raw = nil
                } else if mode.hasReplies {
                    warn("no answer within \(wait)")
                }
                return
            }
            lines += 1
            guard mode.hasReplies else {
                // How many lines answer one, nobody here knows.
                raw?.owed = 0
                continue
            }
            guard case .reply(let record) = value else { return }
            if let owed = raw?.owed { raw?.owed = max(0, owed - 1) }
            raw?.isContent = record.reply.code == 354
            guard let raw, raw.owed > 0, !raw.isContent else { return }
        }
    }

    /// Goes back to statements.
    func endRaw() async -> ShellResponse {
        let owed = raw?.owed ?? 0
        raw = nil
        if owed > 0 {
            warn("the server still owes an answer: `receive reply` reads it")
        }
        return .done
    }

    /// Shows what deserves a look.
    func warn(_ message: String) {
        output.show { text in [text.warning(text.safe(message))] }
    }
}
