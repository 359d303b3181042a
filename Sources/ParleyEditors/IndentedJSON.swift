/// JSON for people to read and for `diff` to compare: two spaces a level, one member a line.
enum IndentedJSON {
    /// The same document, indented; it must be valid.
    static func text(of json: String) -> String {
        var text = ""
        var depth = 0
        var isInString = false
        var isEscaped = false
        func line() { text += "\n" + String(repeating: "  ", count: depth) }
        var previous: Character = " "
        for character in json {
            if isInString {
                text.append(character)
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isInString = false
                }
                previous = character
                continue
            }
            switch character {
            case "\"":
                if previous == "{" || previous == "[" { line() }
                text.append(character)
                isInString = true
            case "{", "[":
                if previous == "{" || previous == "[" { line() }
                text.append(character)
                depth += 1
            case "}", "]":
                depth -= 1
                if previous != "{", previous != "[" { line() }
                text.append(character)
            case ",":
                text.append(character)
                line()
            case ":": text += ": "
            default: text.append(character)
            }
            previous = character
        }
        return text + "\n"
    }
}
