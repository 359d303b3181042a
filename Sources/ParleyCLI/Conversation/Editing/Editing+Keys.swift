import CEditline
import Glibc
import ParleyReports
import ParleyShell

/// What keys do that libedit leaves to us.
extension Editing {
    /// Sequences that no key sends, by which our functions reach the library's own.
    private static let earlierEntry = "\u{1B}[9001~"
    private static let laterEntry = "\u{1B}[9002~"

    /// The keys of readline's users, where libedit has others.
    private static let habits = [
        ("^R", "em-inc-search-prev"), ("^S", "em-inc-search-next"), ("^W", "ed-delete-prev-word"),
        ("^U", "vi-kill-line-prev"), ("\\ep", "ed-search-prev-history"),
        ("\\en", "ed-search-next-history"),
    ]

    /// Keys that every terminal's keyboard has, in the spellings of those in use.
    private static let movements = [
        ("\\e[3~", "ed-delete-next-char"), ("\\e[H", "parley-begin"), ("\\e[F", "parley-end"),
        ("\\eOH", "parley-begin"), ("\\eOF", "parley-end"), ("\\e[1~", "parley-begin"),
        ("\\e[4~", "parley-end"), ("\\e[7~", "parley-begin"), ("\\e[8~", "parley-end"),
        ("\\e[C", "ed-next-char"), ("\\eOC", "ed-next-char"), ("\\e[D", "ed-prev-char"),
        ("\\eOD", "ed-prev-char"), ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),
        ("\\e[A", "parley-up"), ("\\eOA", "parley-up"), ("\\e[B", "parley-down"),
        ("\\eOB", "parley-down"), ("\\e[9001~", "ed-prev-history"),
        ("\\e[9002~", "ed-next-history"),
    ]

    func bindKeys() {
        editline.add("parley-complete", "completes a word") { _, _ in
            Editing.current.map { $0.complete() } ?? UInt8(CC_ERROR)
        }
        editline.add("parley-interrupt", "drops the input") { _, _ in
            Editing.current.map { $0.drop() } ?? UInt8(CC_ERROR)
        }
        editline.add("parley-delete-or-end", "deletes a character, or ends") { _, _ in
            Editing.current.map { $0.deleteOrEnd() } ?? UInt8(CC_ERROR)
        }
        editline.add("parley-suspend", "stops the process") { _, _ in
            kill(0, SIGTSTP)
            return UInt8(CC_NORM)
        }
        editline.add("parley-up", "a line up, or an entry back") { _, _ in
            Editing.current.map { $0.goUp() } ?? UInt8(CC_ERROR)
        }
        editline.add("parley-down", "a line down, or an entry on") { _, _ in
            Editing.current.map { $0.goDown() } ?? UInt8(CC_ERROR)
        }
        editline.add("parley-begin", "to the line's beginning") { _, _ in
            Editing.current.map { $0.goToBeginning() } ?? UInt8(CC_ERROR)
        }
        editline.add("parley-end", "to the line's end") { _, _ in
            Editing.current.map { $0.goToEnd() } ?? UInt8(CC_ERROR)
        }
        for (keys, name) in Self.habits { editline.bind(keys, name) }
        editline.readSettings()
        let isVi = editline.isVi
        if isVi { editline.bind("^R", "em-inc-search-prev", alsoCommands: true) }
        for (keys, name) in Self.movements { editline.bind(keys, name, alsoCommands: isVi) }
        if !isVi {
            editline.bind("^P", "parley-up")
            editline.bind("^N", "parley-down")
            editline.bind("^A", "parley-begin")
            editline.bind("^E", "parley-end")
        }
        for (keys, name) in [
            ("^I", "parley-complete"), ("^C", "parley-interrupt"), ("^D", "parley-delete-or-end"),
            ("^Z", "parley-suspend"),
        ] {
            editline.bind(keys, name, alsoCommands: isVi)
        }
    }

    private func drop() -> UInt8 {
        leave(with: .dropped(wasEmpty: isEmptyLine), showing: "^C")
        return UInt8(CC_EOF)
    }

    private func deleteOrEnd() -> UInt8 {
        let line = editline.line
        if line.before.isEmpty, line.after.isEmpty {
            leave(with: .end, showing: "")
            return UInt8(CC_EOF)
        }
        guard !line.after.isEmpty else { return UInt8(CC_ERROR) }
        editline.move(1)
        editline.erase(1)
        return UInt8(CC_REFRESH)
    }

    /// In a block that was called back, up is a line up.
    private func goUp() -> UInt8 {
        let before = editline.line.before
        guard let lineEnd = before.lastIndex(of: "\n") else {
            editline.push(Self.earlierEntry)
            return UInt8(CC_NORM)
        }
        let column = before.count - lineEnd - 1
        let start = before[..<lineEnd].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        editline.move(min(start + column, lineEnd) - before.count)
        return UInt8(CC_CURSOR)
    }

    private func goDown() -> UInt8 {
        let (before, after) = editline.line
        guard let lineEnd = after.firstIndex(of: "\n") else {
            editline.push(Self.laterEntry)
            return UInt8(CC_NORM)
        }
        let column = before.count - (before.lastIndex(of: "\n").map { $0 + 1 } ?? 0)
        let next = after[(lineEnd + 1)...].prefix { $0 != "\n" }
        editline.move(lineEnd + 1 + min(column, next.count))
        return UInt8(CC_CURSOR)
    }

    /// The beginning and the end are those of a line, also within a block.
    private func goToBeginning() -> UInt8 {
        let before = editline.line.before
        editline.move((before.lastIndex(of: "\n").map { $0 + 1 } ?? 0) - before.count)
        return UInt8(CC_CURSOR)
    }

    private func goToEnd() -> UInt8 {
        editline.move(editline.line.after.prefix { $0 != "\n" }.count)
        return UInt8(CC_CURSOR)
    }

    /// TAB: what the assistant knows, from what it knows already; nothing is waited for.
    private func complete() -> UInt8 {
        guard !input.isPasted, !input.isBurst, let request else {
            editline.insert("\t")
            return UInt8(CC_REFRESH)
        }
        let line = editline.line
        let before = String(scalars: line.before)
        let whole = request.earlier + before + String(scalars: line.after)
        let offset = request.earlier.utf8.count + before.utf8.count
        let completion = request.assistant.completion(of: whole, at: offset)
        let candidates = completion.candidates.filter(Self.isHarmless)
        guard !candidates.isEmpty else {
            guard let hint = request.assistant.hint(for: whole, at: offset), !hint.isEmpty else {
                return UInt8(CC_ERROR)
            }
            let lines = hint.split(separator: "\n").map {
                self.text.dim(self.text.safe(String($0)))
            }
            showBelow(lines)
            return UInt8(CC_NORM)
        }
        let prefix = CandidateList.commonPrefix(of: candidates)
        let isOnly = candidates.count == 1
        if isOnly || prefix.utf8.count > completion.range.count {
            let behind = line.after.first
            let space = isOnly && completion.addsSpace && behind != " " ? " " : ""
            guard replace(completion.range, of: whole, cursor: offset, by: prefix + space) else {
                return UInt8(CC_ERROR)
            }
        }
        guard !isOnly else { return UInt8(CC_REFRESH) }
        showBelow(
            CandidateList(candidates: candidates, columns: columns, rows: rows).lines(self.text)
        )
        return UInt8(CC_NORM)
    }

    /// Puts a text where octets of the input stand; `false` if they are not of this line.
    private func replace(
        _ range: Range<Int>,
        of whole: String,
        cursor: Int,
        by text: String
    ) -> Bool {
        let earlier = request?.earlier.utf8.count ?? 0
        let octets = Array(whole.utf8)
        guard range.lowerBound >= earlier, range.upperBound <= octets.count else { return false }
        func count(_ from: Int, _ to: Int) -> Int {
            String(decoding: octets[min(from, to)..<max(from, to)], as: UTF8.self)
                .unicodeScalars.count * (from <= to ? 1 : -1)
        }
        editline.move(count(cursor, range.upperBound))
        editline.erase(count(range.lowerBound, range.upperBound))
        editline.insert(text)
        return true
    }

    /// What a server names goes into the line only if it is text.
    private static func isHarmless(_ candidate: Completion.Candidate) -> Bool {
        !candidate.text.isEmpty
            && candidate.text.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control
            }
    }
}
