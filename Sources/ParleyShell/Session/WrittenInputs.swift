/// Tells the inputs of a whole conversation apart that stands in one text: `-c`.
public enum WrittenInputs {
    /// Its inputs: lines, blocks that go over several, and commands, which end at a `;` as
    /// statements do.
    ///
    /// ```
    /// connect smtp HOST; ehlo; :caps; quit     three inputs
    /// ```
    public static func split(_ text: String) -> [String] {
        var inputs: [String] = []
        var open = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let whole = open.isEmpty ? String(line) : open + "\n" + line
            open = OpenInput.isOpen(whole) ? whole : ""
            guard open.isEmpty else { continue }
            inputs += whole.contains("\n") ? [whole] : commandsApart(whole)
        }
        return inputs + (open.isEmpty ? [] : [open])
    }

    /// The statements of a line, cut at every `;` that separates.
    static func statements(_ line: String) -> [String] {
        pieces(of: line).filter { !$0.isEmpty }.map { String($0) }
    }

    /// The line cut before and behind each command.
    private static func commandsApart(_ line: String) -> [String] {
        var inputs: [Substring] = []
        for piece in pieces(of: line) {
            if let last = inputs.last, piece.first != ":", !endsItself(last) {
                // Statements stay together, as they were written.
                inputs[inputs.count - 1] = line[last.startIndex..<piece.endIndex]
            } else {
                inputs.append(piece)
            }
        }
        return inputs.map { String($0) }.filter { input in !input.allSatisfy { $0 == " " } }
    }

    /// What stands between the `;` that separate, without the spaces before it.
    private static func pieces(of line: String) -> [Substring] {
        var pieces: [Substring] = []
        var start = line.startIndex
        for end in ends(in: line) + [line.endIndex] {
            pieces.append(line[start..<end].drop { $0 == " " })
            if end < line.endIndex { start = line.index(after: end) }
        }
        return pieces
    }

    /// Whether an input is a command, other than one that takes statements: `:time`.
    private static func endsItself(_ input: Substring) -> Bool {
        guard input.first == ":" else { return false }
        let name = input.dropFirst().prefix { $0 != " " }
        return ShellCommands.fitting(String(name)).first?.name != "time"
    }

    /// Every `;` outside quotes before a space or the end.
    private static func ends(in line: String) -> [String.Index] {
        var ends: [String.Index] = []
        var isQuoted = false
        var isEscaped = false
        var before: Character = " "
        for index in line.indices {
            let character = line[index]
            defer { before = character }
            if isEscaped {
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"", isQuoted || " ({[,".contains(before) {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                let next = line.index(after: index)
                if next == line.endIndex || line[next] == " " { ends.append(index) }
            }
        }
        return ends
    }
}
