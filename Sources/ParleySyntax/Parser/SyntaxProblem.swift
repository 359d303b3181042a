/// What can be wrong with the form of a script. Each has a stable code and an explanation, and a
/// script among the fixtures that shows it.
package enum SyntaxProblem: String, CaseIterable, Sendable {
    case alternative = "alternative"
    case bareAddress = "bare-address"
    case bareText = "bare-text"
    case bareTitle = "bare-title"
    case bidirectional = "bidirectional"
    case bindingKind = "binding-kind"
    case braceAlone = "brace-alone"
    case braceOnOwnLine = "brace-on-own-line"
    case capability = "capability"
    case chainedComparison = "chained-comparison"
    case codePlace = "code-place"
    case controlCharacter = "control-character"
    case elseAlone = "else-alone"
    case emptyInsertion = "empty-insertion"
    case encoding = "encoding"
    case enhancedCode = "enhanced-code"
    case equals = "equals"
    case expectCode = "expect-code"
    case gluedString = "glued-string"
    case hardSpace = "hard-space"
    case insertion = "insertion"
    case judgeArrow = "judge-arrow"
    case label = "label"
    case leftover = "leftover"
    case listName = "list-name"
    case methodCall = "method-call"
    case missingBrace = "missing-brace"
    case missingEquals = "missing-equals"
    case missingName = "missing-name"
    case missingOperand = "missing-operand"
    case missingOr = "missing-or"
    case missingPart = "missing-part"
    case noStatement = "no-statement"
    case numberTooLarge = "number-too-large"
    case oneLineBlock = "one-line-block"
    case operatorSpaces = "operator-spaces"
    case patternExpected = "pattern-expected"
    case patternPlace = "pattern-place"
    case reservedName = "reserved-name"
    case secondWord = "second-word"
    case secretValue = "secret-value"
    case semicolon = "semicolon"
    case serverAction = "server-action"
    case serverRule = "server-rule"
    case singleQuotes = "single-quotes"
    case smartQuote = "smart-quote"
    case softenedRequire = "softened-require"
    case strayBrace = "stray-brace"
    case textIndentation = "text-indentation"
    case tooDeep = "too-deep"
    case tooLarge = "too-large"
    case twice = "twice"
    case unclosedBlock = "unclosed-block"
    case unclosedBracket = "unclosed-bracket"
    case unclosedInsertion = "unclosed-insertion"
    case unclosedPattern = "unclosed-pattern"
    case unclosedString = "unclosed-string"
    case unexpectedBlock = "unexpected-block"
    case unknownEscape = "unknown-escape"
    case unknownFlag = "unknown-flag"
    case unknownUnit = "unknown-unit"
    case unknownVersion = "unknown-version"
    case verbName = "verb-name"
    case wordOperator = "word-operator"

    /// The stable code: `script.syntax.missing-brace`.
    package var code: String { "script.syntax." + rawValue }

    /// What it means, in a sentence or two.
    package var explanation: String { Self.explanations[self] ?? "" }

    private static let explanations: [SyntaxProblem: String] = [
        .alternative:
            "A word behind `=>` is no answer a server can give. Alternatives are codes "
            + "(`250`, `25x`, `2xx`), enhanced codes, reply words (`OK`, `any`, `closed`, "
            + "`timeout`) and `matching`.",
        .bareAddress:
            "An address or host name in an expression stands in quotes, because names there "
            + "are values.",
        .bareText:
            "A text or a pattern alone behind `=>` judges nothing; write `matching`.",
        .bareTitle:
            "The title of a test, suite or step stands in quotes.",
        .bidirectional:
            "A character changes the direction of text, so that the script could show other "
            + "than it says. Write it as an escape.",
        .bindingKind:
            "`let` takes no kind; the value has one of its own.",
        .braceAlone:
            "`}` stands alone on its line; only `} else {` and `} else if … {` go on.",
        .braceOnOwnLine:
            "`{` ends the line of the statement it belongs to.",
        .capability:
            "`offers` wants the name of a capability, in any spelling.",
        .chainedComparison:
            "Comparisons do not chain: join them with `and`, or use parentheses.",
        .codePlace:
            "A pattern for codes such as `2xx` stands only behind `=>`.",
        .controlCharacter:
            "Control characters do not stand in scripts; write an escape in a string.",
        .elseAlone:
            "`else` stands on the line of the closing brace: `} else {`.",
        .emptyInsertion:
            "`${}` inserts nothing.",
        .encoding:
            "A script is UTF-8.",
        .enhancedCode:
            "An enhanced code (RFC 3463) begins with 2, 4 or 5, and with the first digit of "
            + "its reply code.",
        .equals:
            "`=` gives a value, `==` compares, and `let` introduces a name.",
        .expectCode:
            "`expect` judges values, not replies; a reply code stands behind a verb's `=>`.",
        .gluedString:
            "A quoted word or a pattern ends at its closing mark; a space must follow.",
        .hardSpace:
            "A no-break space, often pasted from a web page, does not separate words.",
        .insertion:
            "`$` alone inserts nothing; in an expression a name stands by itself.",
        .judgeArrow:
            "`expect` and `require` judge values; `=>` belongs to verbs.",
        .label:
            "A label is a session's name, a colon and a space, before a verb or a judgement.",
        .leftover:
            "Something on the line does not belong to the statement.",
        .listName:
            "The names in this list are written out, not inserted.",
        .methodCall:
            "Only functions are called, by their names: `len(x)`.",
        .missingBrace:
            "The statement needs a block, and its line ends with `{`.",
        .missingEquals:
            "A name and its value have `=` between them.",
        .missingName:
            "A name is missing, or what stands there is none.",
        .missingOperand:
            "A value is missing in an expression.",
        .missingOr:
            "Alternatives behind `=>` are joined with `or`.",
        .missingPart:
            "A part of the statement is missing.",
        .noStatement:
            "A line begins with a verb, a label or a statement's word.",
        .numberTooLarge:
            "A number, duration or size exceeds 64 bits.",
        .oneLineBlock:
            "`{` ends its line, and the block's statements stand on lines of their own.",
        .operatorSpaces:
            "`-` and `/` have spaces on both sides, because `-` joins names.",
        .patternExpected:
            "A pattern stands between slashes.",
        .patternPlace:
            "A pattern stands only behind `matches`, `matching`, `capture`, `until`, `on "
            + "VERB`, and in `split` and `replace`.",
        .reservedName:
            "Operators and constants of expressions cannot be names.",
        .secondWord:
            "A value is one word; put several into quotes.",
        .secretValue:
            "A secret's value never stands in a script; say where it comes from.",
        .semicolon:
            "A newline ends a statement; `;` does so only in `-c`.",
        .serverAction:
            "What stands behind a server's `=>` is what it sends or does.",
        .serverRule:
            "The lines of a server are `greet => …` and `on VERB => …`.",
        .singleQuotes:
            "Strings stand in double quotes.",
        .smartQuote:
            "A typographic quote, often pasted from a document, opens no string.",
        .softenedRequire:
            "`require` stops the test; what may only warn is `expect … else warn`.",
        .strayBrace:
            "`}` closes no block.",
        .textIndentation:
            "The lines of a `\"\"\"` text are indented at least like its closing quotes.",
        .tooDeep:
            "Blocks and expressions nest at most 200 deep.",
        .tooLarge:
            "A script is at most 8 MiB.",
        .twice:
            "A clause stands twice on the line.",
        .unclosedBlock:
            "A block has no `}`.",
        .unclosedBracket:
            "A bracket has no counterpart before a blank line, `}` or the next statement.",
        .unclosedInsertion:
            "`${` has no `}` on its line; a literal one is written `$${`.",
        .unclosedPattern:
            "A pattern has no closing `/` on its line.",
        .unclosedString:
            "A string has no closing quote.",
        .unexpectedBlock:
            "A verb has no block.",
        .unknownEscape:
            "The escapes of strings are \\r \\n \\t \\\\ \\\" \\0 \\e \\xHH \\u{…}, and $${ "
            + "for ${.",
        .unknownFlag:
            "The only flag of a pattern is `i`.",
        .unknownUnit:
            "Durations are ns us ms s m h d; sizes are B KB MB GB KiB MiB GiB.",
        .unknownVersion:
            "Versions of TLS are SSLv3, TLSv1.0, TLSv1.1, TLSv1.2 and TLSv1.3.",
        .verbName:
            "A verb holds letters, digits, `_` and `-`, and a space follows it.",
        .wordOperator:
            "Operators are == != < <= > >= + - * / %, and words: and, or, not, in, contains, "
            + "starts, ends, matches.",
    ]
}
