import Glibc
import ParleyEngine
import ParleyReports
import ParleyShell

/// libedit on a thread of its own, which alone reads from the terminal and writes to it.
///
/// So nothing that a server says stands between a person's letters, and no key waits for a server.
final class TerminalEditor: LineEditor {
    private let mailbox: EditorMailbox
    private let thread: JoinableThread

    /// An editor on the standard streams.
    ///
    /// - Parameter historyPath: the file that inputs are kept in; `nil` for none.
    /// - Returns: why there is none, if there is none.
    static func open(style: ReportStyle, historyPath: String?) -> Result<
        TerminalEditor, Editline.Failure
    > {
        guard let mailbox = EditorMailbox(), TerminalModes.take() else {
            return .failure(Editline.Failure(text: "standard input is no terminal"))
        }
        let answer = WaitingQueue<Editline.Failure?>(capacity: 1)
        let thread = JoinableThread {
            do throws(Editline.Failure) {
                let file = historyPath.map { HistoryFile(path: $0) }
                let editing = Editing(try Editline(), mailbox, style: style, file: file)
                answer.put(nil)
                editing.run()
            } catch {
                answer.put(error)
            }
            answer.end()
        }
        guard case .items(let answers) = answer.take(waitingAtMost: nil) else {
            TerminalModes.restore()
            return .failure(Editline.Failure(text: "the system has no thread left"))
        }
        if case .some(let failure?) = answers.first {
            TerminalModes.restore()
            return .failure(failure)
        }
        return .success(TerminalEditor(mailbox, thread))
    }

    private init(_ mailbox: EditorMailbox, _ thread: JoinableThread) {
        self.mailbox = mailbox
        self.thread = thread
    }

    func line(_ request: LineRequest) async -> EditedLine {
        await withCheckedContinuation { continuation in
            mailbox.post(.read(request) { continuation.resume(returning: $0) })
        }
    }

    func show(_ lines: [String]) { mailbox.post(.lines(lines)) }

    func remember(_ input: String) { mailbox.post(.remember(input)) }

    func secret(_ prompt: String) -> SecretAnswer {
        let answer = WaitingQueue<SecretAnswer>(capacity: 1)
        mailbox.post(.secret(prompt, answer))
        guard case .items(let answers) = answer.take(waitingAtMost: nil) else { return .abandoned }
        return answers.first ?? .abandoned
    }

    func lend(_ body: @escaping @Sendable (() -> Void) -> EditedText) async -> EditedText {
        await withCheckedContinuation { continuation in
            mailbox.post(.lend { continuation.resume(returning: body($0)) })
        }
    }

    func interrupt(isBusy: Bool) { mailbox.post(.interrupt(isBusy: isBusy)) }

    func end(by signal: Int32) { mailbox.post(.end(signal)) }

    func notice(_ change: TerminalChange) { mailbox.post(.change(change)) }

    func close() {
        mailbox.post(.close)
        thread.join()
    }
}
