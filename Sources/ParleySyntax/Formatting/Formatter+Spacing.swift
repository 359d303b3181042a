import ParleyDiagnostics

extension Formatter {
    /// Whether a space stands between two tokens of a line, of which none is a space.
    func needsSpace(between first: Int, and second: Int) -> Bool {
        let before = tree.tokens[first]
        let after = tree.tokens[second]
        let hadSpace = second > first + 1
        if before.kind == .insertionStart || after.kind == .insertionEnd { return false }
        if before.kind == .string || before.kind == .regex || before.kind == .word,
            after.kind == .insertionStart
        {
            return hadSpace
        }
        if before.kind == .insertionEnd, !hadSpace,
            [.string, .regex, .word, .insertionStart].contains(after.kind)
        {
            return false
        }
        if after.kind == .comment || after.kind == .blockStart { return true }
        if after.kind == .arrow || before.kind == .arrow { return true }
        if before.kind == .punctuation || after.kind == .punctuation {
            return needsSpace(first, second, hadSpace: hadSpace)
        }
        if before.kind == .symbol { return !isUnaryMinus(first) }
        let spaced: Set<TokenKind> = [.keyword, .label, .verb, .blockEnd]
        return spaced.contains(before.kind) || after.kind == .keyword || after.kind == .symbol
            || hadSpace
    }

    /// The same where one of them is a punctuation mark.
    private func needsSpace(_ first: Int, _ second: Int, hadSpace: Bool) -> Bool {
        let before = tree.tokens[first]
        let after = tree.tokens[second]
        if isMark(before, "(") || isMark(before, "[") || isMark(after, ")") || isMark(after, "]") {
            return false
        }
        if isMark(before, ".") || isMark(after, ".") { return false }
        if isMark(after, ",") || isMark(after, ":") { return false }
        if isMark(before, ",") || isMark(before, ":") { return true }
        if isMark(before, "=") || isMark(after, "=") { return true }
        if before.kind == .symbol { return !isUnaryMinus(first) }
        if after.kind == .symbol || after.kind == .keyword { return true }
        if before.kind == .keyword || before.kind == .label { return true }
        return hadSpace
    }

    /// Whether the `-` has no operand before it.
    private func isUnaryMinus(_ index: Int) -> Bool {
        let range = tree.tokens[index].range
        guard range.end - range.start == 1,
            tree.source.bytes[range.start] == UInt8(ascii: "-")
        else { return false }
        let previous = tree.tokens[..<index].last { !$0.kind.isTrivia }
        guard let previous else { return true }
        switch previous.kind {
        case .keyword, .insertionStart, .arrow, .verb, .label: return true
        case .symbol: return !Keywords.predicates.contains(tree.source.text(previous.range))
        case .punctuation: return !isMark(previous, ")") && !isMark(previous, "]")
        default: return false
        }
    }
}
