import ParleyDiagnostics

/// Writes a script in the one style that Parley has.
///
/// Four spaces of indentation, one space between tokens, at most one blank line, `=>` aligned in
/// adjacent lines; comments stay. The tree of the result is the tree that was given. Lines with
/// syntax errors stay as they are, and in a script that has any, so does all indentation, because
/// it may be what tells how the script was meant.
public struct Formatter {
    let tree: SyntaxTree
    private var lines: [FormattedLine] = []
    private var depth = 0
    private var brackets = 0
    private var damageIndex = 0

    private init(_ tree: SyntaxTree) {
        self.tree = tree
    }

    /// The script in Parley's style.
    ///
    /// Octets that are not UTF-8 do not survive; the parser has reported them.
    public static func format(_ tree: SyntaxTree) -> String {
        var formatter = Formatter(tree)
        var first = 0
        while first < tree.tokens.count {
            var last = first
            while last < tree.tokens.count, tree.tokens[last].kind != .newline { last += 1 }
            formatter.addLine(first..<last)
            first = last + 1
        }
        return FormattedLine.join(formatter.lines)
    }

    private mutating func addLine(_ range: Range<Int>) {
        guard let first = range.first, let last = range.last else { return addBlank() }
        let place = SourceRange(tree.tokens[first].range.start, tree.tokens[last].range.end)
        if isDamaged(place) {
            let text = tree.source.text(place)
            if text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return addBlank() }
            // A CR too many would become part of the newline, and no error any more.
            let ending = text.utf8.last == 0x0D ? "\r" : ""
            lines.append(FormattedLine(indentation: "", text: text + ending, isFixed: true))
            return
        }
        let tokens = range.filter { tree.tokens[$0].kind != .space }
        guard let leading = tokens.first else { return addBlank() }
        let indentation =
            tree.damage.isEmpty
            ? String(repeating: " ", count: 4 * indentationLevel(tokens))
            : tree.source.text(SourceRange(place.start, tree.tokens[leading].range.start))
        lines.append(formatted(tokens, indentation))
        for index in tokens { count(tree.tokens[index]) }
    }

    private mutating func addBlank() {
        lines.append(FormattedLine(indentation: "", text: ""))
    }

    private mutating func isDamaged(_ place: SourceRange) -> Bool {
        let damage = tree.damage
        while damageIndex < damage.count, damage[damageIndex].end < place.start { damageIndex += 1 }
        return damage[damageIndex...].prefix { $0.start <= place.end }
            .contains { $0.end >= place.start }
    }

    /// Blocks and brackets that are open, less those that the line closes first.
    private func indentationLevel(_ tokens: [Int]) -> Int {
        var level = depth + brackets
        for index in tokens {
            let token = tree.tokens[index]
            guard token.kind == .blockEnd || isMark(token, ")") || isMark(token, "]") else {
                break
            }
            level -= 1
        }
        return max(0, level)
    }

    private mutating func count(_ token: Token) {
        switch token.kind {
        case .blockStart: depth += 1
        case .blockEnd: depth = max(0, depth - 1)
        case .punctuation:
            if isMark(token, "(") || isMark(token, "[") { brackets += 1 }
            if isMark(token, ")") || isMark(token, "]") { brackets = max(0, brackets - 1) }
        default: break
        }
    }

    func isMark(_ token: Token, _ mark: Unicode.Scalar) -> Bool {
        token.kind == .punctuation && token.range.end - token.range.start == 1
            && tree.source.bytes[token.range.start] == UInt8(mark.value)
    }

    // MARK: - One line

    private func formatted(_ tokens: [Int], _ indentation: String) -> FormattedLine {
        var line = FormattedLine(indentation: indentation, text: "")
        var text = TextBlock(content: indentation + "    ", isMoved: tree.damage.isEmpty)
        for (position, index) in tokens.enumerated() {
            let token = tree.tokens[index]
            if position > 0, needsSpace(between: tokens[position - 1], and: index) {
                line.text += " "
            }
            if token.kind == .arrow, line.arrow == nil { line.arrow = line.text.utf8.count }
            switch token.kind {
            case .blockStart, .blockEnd: line.hasBrace = true
            case .insertionStart: text.depth += 1
            case .insertionEnd: text.depth -= 1
            default: break
            }
            let written = tree.source.text(token.range)
            if token.kind == .string {
                if written.utf8.contains(0x0A) { line.isMultiline = true }
                line.text += text.rewrite(written, closing: closingIndentation(tokens, position))
            } else {
                line.text += token.kind == .comment ? trimmed(written) : written
            }
        }
        return line
    }

    private func trimmed(_ text: String) -> String {
        var bytes = Array(text.utf8)
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The white space before the closing quotes of the text block that begins at `position`.
    private func closingIndentation(_ tokens: [Int], _ position: Int) -> String? {
        let start = tree.tokens[tokens[position]].range.start
        let bytes = tree.source.bytes
        guard bytes[start...].starts(with: Array("\"\"\"".utf8)) else { return nil }
        var depth = 0
        for index in tokens[position...] {
            let token = tree.tokens[index]
            if token.kind == .insertionStart { depth += 1 }
            if token.kind == .insertionEnd { depth -= 1 }
            guard token.kind == .string, depth == 0 else { continue }
            let quotes = token.range.end - 3
            guard quotes > start, bytes[quotes..<token.range.end].allSatisfy({ $0 == 0x22 }) else {
                continue
            }
            var line = quotes
            while line > start, bytes[line - 1] == 0x20 || bytes[line - 1] == 0x09 { line -= 1 }
            guard line > start, bytes[line - 1] == 0x0A else { continue }
            return tree.source.text(SourceRange(line, quotes))
        }
        return nil
    }
}
