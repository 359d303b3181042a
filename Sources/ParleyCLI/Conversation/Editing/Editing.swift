import CEditline
import Glibc
import ParleyEngine
import ParleyReports

/// The editor's thread: what it knows, and how it waits. Everything here runs on that thread only.
final class Editing {
    let editline: Editline
    let mailbox: EditorMailbox
    let text: LiveText
    let isColored: Bool
    let history = LineHistory()
    var file: HistoryFile?

    var input = KeyInput()
    /// The request that is being answered, and who waits for the answer.
    var request: LineRequest?
    var reply: (@Sendable (EditedLine) -> Void)?
    /// Whether a line is open on the screen.
    var isEditing = false
    /// How the open line ends, if not as a line.
    var outcome: EditedLine?
    /// What leaves the open line, written when the library is done with it.
    var farewell = ""
    /// What was taken from the mailbox and is not done yet.
    private var mail: [EditorMailbox.Item] = []
    /// An answer that nobody has asked for yet.
    var finished: EditedLine?
    /// The signal that ends the conversation.
    var signal: Int32?
    /// Whether a hint stands behind the line.
    var isHintShown = false
    /// What a secret is asked for with, while it is.
    var secretPrompt: String?
    var isClosed = false
    /// Standard input came to its end.
    var isAtEnd = false
    var hasLoadedHistory = false
    var columns = 80
    var rows = 24
    /// The terminal's modes while a line is edited and between lines.
    var editingModes = termios()
    var waitingModes = termios()
    /// The prompt on the screen.
    var shownPrompt = ""
    /// The same for libedit, which keeps the pointer.
    var widePrompt = WideText("")

    init(_ editline: Editline, _ mailbox: EditorMailbox, style: ReportStyle, file: HistoryFile?) {
        self.editline = editline
        self.mailbox = mailbox
        self.file = file
        text = LiveText(style: style)
        isColored = style.isColored
    }

    /// Works until it is closed.
    func run() {
        setUp()
        while !isClosed {
            wait(forKeys: false, milliseconds: -1)
            handleMail()
        }
        write("")
        TerminalModes.restore()
        mailbox.end()
        // Lines that came too late to be taken in order are still shown.
        handleMail()
    }

    private func setUp() {
        Editline.current = Unmanaged.passUnretained(self).toOpaque()
        editline.setReader { _, character in
            Editing.current.map { $0.read(into: character) } ?? -1
        }
        editline.setPrompt { _ in Editing.current?.widePrompt.pointer }
        if let context = Editline.current {
            editline.setHistory(
                { context, operation in
                    guard let context else { return nil }
                    let editing = Unmanaged<Editing>.fromOpaque(context).takeUnretainedValue()
                    return editing.history.past(operation)
                },
                context
            )
        }
        bindKeys()
        measure()
        editline.setModes(editing: true)
        editingModes = TerminalModes.current ?? termios()
        editline.setModes(editing: false)
        waitingModes = TerminalModes.current ?? termios()
        announcePaste()
    }

    /// The editing of this process, for the library's callbacks.
    static var current: Editing? {
        Editline.current.map { Unmanaged<Editing>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Waits until there is mail, or a key if keys are wanted.
    ///
    /// - Returns: whether something came in time.
    @discardableResult
    func wait(forKeys: Bool, milliseconds: Int32) -> Bool {
        let events = Int16(POLLIN)
        var descriptors = [pollfd(fd: mailbox.wake, events: events, revents: 0)]
        if forKeys, !isAtEnd {
            descriptors.append(pollfd(fd: STDIN_FILENO, events: events, revents: 0))
        }
        let count = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
        guard count > 0 else { return count < 0 }
        if descriptors.count > 1, descriptors[1].revents != 0 {
            var octets = [UInt8](repeating: 0, count: 4096)
            let count = Glibc.read(STDIN_FILENO, &octets, octets.count)
            if count > 0 {
                input.append(octets.prefix(count))
            } else if count == 0 || errno != EINTR && errno != EAGAIN {
                isAtEnd = true
            }
        }
        return true
    }

    /// The next character; `nil` if the line, or the secret, ends otherwise.
    func nextScalar() -> Unicode.Scalar? {
        var isLast = false
        while true {
            handleMail()
            guard outcome == nil, !isClosed else { return nil }
            switch input.next(isLast: isLast || isAtEnd) {
            case .scalar(let scalar):
                clearHint()
                return scalar
            case .nothing:
                guard !isAtEnd else { return nil }
                waitForKeys()
            case .undecided:
                // A terminal sends a key's sequence at once; what follows later is another key.
                isLast = !wait(forKeys: true, milliseconds: 25)
            }
        }
    }

    /// libedit's reader.
    private func read(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
        if let offered = request?.offered {
            request?.offered = nil
            editline.insert(offered)
            redraw()
        }
        if !hasLoadedHistory { loadHistory() }
        guard let scalar = nextScalar() else { return -1 }
        character?.pointee = wchar_t(bitPattern: scalar.value)
        return 1
    }

    /// Does what others ask for.
    func handleMail() {
        mail += mailbox.take()
        if !mail.isEmpty { clearHint() }
        // What opens a line comes back here for the rest, before the line is done.
        while !mail.isEmpty {
            switch mail.removeFirst() {
            case .lines(let lines): showAbove(lines)
            case .read(let request, let reply): begin(request, reply)
            case .secret(let prompt, let answer):
                answer.put(isEditing ? .abandoned : secret(prompt))
            case .lend(let body): lend(body)
            case .remember(let input): remember(input)
            case .change(let change): follow(change)
            case .interrupt(let isBusy): interrupt(isBusy: isBusy)
            case .end(let number):
                signal = number
                leave(with: .ended(by: number), showing: "")
            case .close: isClosed = true
            }
        }
    }

    /// Reads a line, or goes on with the one that is open.
    private func begin(_ new: LineRequest, _ answer: @escaping @Sendable (EditedLine) -> Void) {
        if let signal { return answer(.ended(by: signal)) }
        if let done = finished {
            finished = nil
            return answer(done)
        }
        request = new
        reply = answer
        if isEditing {
            guard new.prompt != shownPrompt else { return }
            write(top)
            preparePrompt(new.prompt)
            return editline.refresh()
        }
        preparePrompt(new.prompt)
        outcome = nil
        isEditing = true
        // Before the prompt stands there: whoever sees it may type ^C and mean a key.
        editline.setModes(editing: true)
        let line = editline.read()
        isEditing = false
        let ended = line.map { EditedLine.line($0) } ?? outcome ?? .end
        if line == nil { write(farewell.isEmpty ? "\n" : farewell) }
        (outcome, farewell) = (nil, "")
        finish(with: ended)
    }

    private func finish(with line: EditedLine) {
        guard let reply else {
            finished = line
            return
        }
        self.reply = nil
        request = nil
        reply(line)
    }

    /// ^C, as a signal.
    private func interrupt(isBusy: Bool) {
        // Between two lines nothing is carried out and nothing typed: the next one is dropped.
        if !isBusy, !isEditing, secretPrompt == nil {
            write("^C\n")
            return finish(with: .dropped(wasEmpty: true))
        }
        leave(with: .dropped(wasEmpty: isEmptyLine), showing: "^C")
    }

    /// Ends what is typed.
    func leave(with outcome: EditedLine, showing mark: String) {
        if secretPrompt != nil { self.outcome = outcome }
        guard isEditing else { return }
        self.outcome = outcome
        farewell = bottom + mark + "\n"
    }

    var isEmptyLine: Bool {
        let line = editline.line
        return line.before.isEmpty && line.after.isEmpty
    }
}
