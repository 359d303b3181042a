/// Words of a script made from what a user typed: whatever it is, it comes out as one word that
/// stands for exactly that text, and never as syntax.
public enum ScriptWord {
    /// The text as a word: bare where every character is plain, else in quotes.
    ///
    /// Keywords of tails and clauses (`as`, `within`, `verify`) are letters only; a bare word here
    /// has something else in it.
    public static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy(isPlain)
        let isNoKeyword = text.utf8.contains { ".@:<0123456789".utf8.contains($0) }
        return isPlain && isNoKeyword ? text : quoted(text)
    }

    /// `NAME=VALUE` as a word: bare where every character is plain, else in quotes.
    public static func attribute(_ text: String) -> String {
        text.utf8.allSatisfy { isPlain($0) || $0 == 0x3D } ? text : quoted(text)
    }

    /// The text as a string, with every character that could mean something escaped.
    public static func quoted(_ text: String) -> String {
        "\"\(inner(text))\""
    }

    /// The same without the quotes, to be put between others.
    public static func inner(_ text: String) -> String {
        var inner = ""
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "\"": inner += "\\\""
            case "\\": inner += "\\\\"
            // `${` must not insert anything; a `$` before it would be read with it.
            case "$"
            where index + 1 < scalars.count && "{$".unicodeScalars.contains(scalars[index + 1]):
                inner += "\\x24"
            case "\u{20}"..."\u{7E}": inner.unicodeScalars.append(scalar)
            case _ where scalar.properties.isAlphabetic && scalar.value >= 0x80:
                inner.unicodeScalars.append(scalar)
            default: inner += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        return inner
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "._-@+:/[]<>".utf8.contains(byte)
        }
    }
}
