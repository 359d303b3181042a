import ParleySyntax
import ParleyVerbs

/// Tells whether a person has finished typing.
enum OpenInput {
    /// Whether a block, a text block or a bracket of an expression is open at the end of the input.
    ///
    /// It follows rule 3 of words: `{` opens a block only as a line's last token after a space, `}`
    /// closes one only where it begins a line.
    static func isOpen(_ input: String) -> Bool {
        var depth = 0
        var isInText = false
        var brackets = 0
        let lines = input.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let quotes = occurrences(of: "\"\"\"", in: line)
            if quotes % 2 == 1 { isInText.toggle() }
            guard !isInText, quotes == 0 else { continue }
            let trimmed = trim(line)
            if trimmed.first == "#" { continue }
            if trimmed.first == "}" { depth -= 1 }
            if trimmed == "{" || trimmed.hasSuffix(" {") { depth += 1 }
            if brackets > 0 || readsExpression(trimmed, mayStandAlone: number == 0) {
                brackets = max(0, brackets + balance(of: trimmed))
            }
        }
        return isInText || depth > 0 || brackets > 0
    }

    /// Whether brackets join lines behind the line's first word: a statement that reads an
    /// expression begins there, or an expression that stands alone. In a verb's words `(` and `[`
    /// are themselves.
    private static func readsExpression(_ line: Substring, mayStandAlone: Bool) -> Bool {
        let word = String(line.prefix { !" ([".contains($0) })
        guard !line.isEmpty, !expressionWords.contains(word) else { return true }
        return mayStandAlone && !word.contains(":")
            && !Shell.firstWords.contains(word.asciiLowercased)
    }

    private static let expressionWords = Set(
        Keywords.statements.filter(\.readsExpression).map(\.word)
    )

    /// How many more brackets the line opens than it closes, strings passed over.
    private static func balance(of line: Substring) -> Int {
        var count = 0
        var isInString = false
        var isEscaped = false
        for character in line {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch character {
            case "\\" where isInString: isEscaped = true
            case "\"": isInString.toggle()
            case "(" where !isInString, "[" where !isInString: count += 1
            case ")" where !isInString, "]" where !isInString: count -= 1
            default: break
            }
        }
        return count
    }

    private static func occurrences(of part: String, in line: Substring) -> Int {
        line.ranges(of: part).count
    }

    private static func trim(_ line: Substring) -> Substring {
        var line = line.drop { $0 == " " || $0 == "\t" }
        while let last = line.last, last == " " || last == "\t" || last == "\r" {
            line = line.dropLast()
        }
        return line
    }
}
