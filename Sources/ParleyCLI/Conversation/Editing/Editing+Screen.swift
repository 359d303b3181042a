import Glibc

/// What shows, and where.
extension Editing {
    /// Writes to the terminal, behind what the library wrote.
    func write(_ text: String) {
        editline.flush()
        if !text.isEmpty { StandardStream.output.write(text) }
    }

    /// Shows lines above what is being typed, and tells who waits for the line.
    func showAbove(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        let block = lines.map { $0 + "\n" }.joined()
        if let secretPrompt {
            write("\r\u{1B}[J" + block + secretPrompt)
        } else if isEditing {
            write(top + block)
            editline.refresh()
            guard let reply, outcome == nil else { return }
            self.reply = nil
            reply(.noticed)
        } else {
            write(block)
        }
    }

    /// Shows lines below what is being typed, and the line again below them.
    func showBelow(_ lines: [String]) {
        write(bottom + "\n" + lines.map { $0 + "\n" }.joined())
        editline.refresh()
    }

    /// Draws the line anew in its place.
    func redraw() {
        write(top)
        editline.refresh()
    }

    /// To the beginning of the prompt; everything from there on is cleared.
    var top: String { Self.up(place(columns: columns).cursor.row, rows) }

    private static func up(_ row: Int, _ rows: Int) -> String {
        let shown = min(row, rows - 1)
        return "\r" + (shown > 0 ? "\u{1B}[\(shown)A" : "") + "\u{1B}[J"
    }

    /// Behind the last character.
    var bottom: String {
        let place = place(columns: columns)
        let rows = place.end.row - place.cursor.row
        return (rows > 0 ? "\u{1B}[\(min(rows, self.rows - 1))B" : "")
            + "\r" + (place.end.column > 0 ? "\u{1B}[\(place.end.column)C" : "")
    }

    func place(
        columns: Int
    ) -> (cursor: ScreenLayout.Place, end: ScreenLayout.Place) {
        let layout = ScreenLayout(columns: columns)
        let line = editline.line
        let start = layout.end(of: shownPrompt.unicodeScalars)
        let cursor = layout.end(of: line.before, from: start)
        return (cursor, layout.end(of: line.after, from: cursor))
    }

    /// Makes the prompt ready for the library: what colours it takes no room.
    func preparePrompt(_ prompt: String) {
        shownPrompt = prompt
        guard isColored, prompt.hasSuffix(" ") else {
            widePrompt = WideText(prompt)
            return
        }
        let hidden = String(Editline.hidden)
        let colour = prompt.contains("(closed)") ? "31" : "1"
        // The library loses what is hidden at a prompt's very end, so the space stands there.
        widePrompt = WideText(
            "\(hidden)\u{1B}[\(colour)m\(hidden)\(prompt.dropLast())\(hidden)\u{1B}[0m\(hidden) "
        )
    }

    /// Learns the terminal's size.
    func measure() {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return }
        if size.ws_col > 1 { columns = Int(size.ws_col) }
        if size.ws_row > 1 { rows = Int(size.ws_row) }
    }

    func announcePaste() {
        let marks = TerminalModes.pasteMarksOn
        _ = Glibc.write(STDOUT_FILENO, marks.utf8Start, marks.utf8CodeUnitCount)
    }

    /// Follows what happened to the terminal.
    func follow(_ change: TerminalChange) {
        switch change {
        case .resized:
            let before = columns
            measure()
            guard isEditing else { return editline.resize() }
            // Some terminals fold lines anew, some cut them: the fewer rows are certainly ours.
            let row = min(place(columns: before).cursor.row, place(columns: columns).cursor.row)
            write(Self.up(row, rows))
            editline.resize()
            editline.refresh()
        case .suspended: suspend()
        case .continued:
            takeTerminal()
            if isEditing { redraw() }
        }
    }

    /// Gives the terminal back and stops, until somebody lets the process go on.
    private func suspend() {
        write(isEditing ? bottom + "\n" : "")
        TerminalModes.restore()
        stop()
        takeTerminal()
        measure()
        editline.resize()
        if isEditing { editline.refresh() }
        if let secretPrompt { write(secretPrompt) }
    }

    /// Lets another program have the terminal.
    func lend(_ body: (() -> Void) -> Void) {
        write("")
        TerminalModes.restore()
        body { self.stop() }
        takeTerminal()
        measure()
        editline.resize()
    }

    /// Stops the process, until somebody lets it go on.
    private func stop() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTSTP)
        // For this thread alone, so that it stops here and nowhere else.
        pthread_kill(pthread_self(), SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Takes the terminal again after others had it.
    private func takeTerminal() {
        TerminalModes.retake()
        var modes = isEditing || secretPrompt != nil ? editingModes : waitingModes
        tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
        announcePaste()
    }
}
