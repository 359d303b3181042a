/// A grammar in W3C EBNF, as far as `grammar/parley.ebnf` uses it.
struct Grammar: Sendable {
    indirect enum Item: Sendable {
        case terminal(String)
        case rule(String)
        case set([Unicode.Scalar])
        case sequence([Item])
        case choice([Item])
        case optional(Item)
        case many(Item, least: Int)
    }

    struct Rule: Sendable {
        var name: String
        var item: Item
        var constraint: String?
    }

    private(set) var rules: [String: Rule] = [:]
    /// All quoted terminals.
    private(set) var terminals: Set<String> = []
    private(set) var problems: [String] = []

    /// What stands for "any character but these".
    private static let sample = Array("abcdefgxyzXYZ0189._@:/-+<>()\\|~żé".unicodeScalars)

    private var text: [Unicode.Scalar]
    private var index = 0

    init(_ source: String) {
        text = Array(source.unicodeScalars)
        parseRules()
        for rule in rules.values { check(rule.item) }
    }

    private mutating func check(_ item: Item) {
        switch item {
        case .rule(let name): if rules[name] == nil { problems.append("no rule \(name)") }
        case .sequence(let items), .choice(let items): for item in items { check(item) }
        case .optional(let item), .many(let item, _): check(item)
        case .terminal, .set: break
        }
    }

    private mutating func skip() {
        while index < text.count {
            if text[index].properties.isWhitespace {
                index += 1
            } else if text[index] == "/", index + 1 < text.count, text[index + 1] == "*" {
                while index < text.count, !(text[index] == "*" && text[index + 1] == "/") {
                    index += 1
                }
                index += 2
            } else {
                return
            }
        }
    }

    private var next: Unicode.Scalar? { index < text.count ? text[index] : nil }

    private mutating func word() -> String? {
        let start = index
        while let next, next.properties.isAlphabetic || next == "-" || next == "_" { index += 1 }
        return index > start ? string(start, index) : nil
    }

    private func string(_ start: Int, _ end: Int) -> String {
        var result = ""
        result.unicodeScalars.append(contentsOf: text[start..<end])
        return result
    }

    private mutating func parseRules() {
        skip()
        while let name = word() {
            skip()
            guard string(index, min(text.count, index + 3)) == "::=" else {
                problems.append("no ::= behind \(name)")
                return
            }
            index += 3
            let item = parseChoice()
            rules[name] = Rule(name: name, item: item, constraint: parseConstraint())
            skip()
        }
        if index < text.count {
            problems.append("cannot read \(string(index, min(text.count, index + 30)))")
        }
    }

    private mutating func parseConstraint() -> String? {
        skip()
        guard string(index, min(text.count, index + 6)) == "[ wfc:" else { return nil }
        index += 6
        let start = index
        while let next, next != "]" { index += 1 }
        index += 1
        return string(start + 1, index - 2)
    }

    private mutating func parseChoice() -> Item {
        var items = [parseSequence()]
        skip()
        while next == "|" {
            index += 1
            items.append(parseSequence())
            skip()
        }
        return items.count == 1 ? items[0] : .choice(items)
    }

    private mutating func parseSequence() -> Item {
        var items: [Item] = []
        while let item = parseItem() { items.append(item) }
        return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func parseItem() -> Item? {
        skip()
        guard let next else { return nil }
        let item: Item
        switch next {
        case "'", "\"":
            let start = index + 1
            index = start
            while let other = self.next, other != next { index += 1 }
            index += 1
            terminals.insert(string(start, index - 1))
            item = .terminal(string(start, index - 1))
        case "(":
            index += 1
            item = parseChoice()
            skip()
            index += 1
        case "[":
            if string(index, min(text.count, index + 6)) == "[ wfc:" { return nil }
            item = parseSet()
        case "#":
            item = .set([parseScalar()])
        default:
            let start = index
            guard let name = word() else { return nil }
            let afterName = index
            skip()
            if string(index, min(text.count, index + 3)) == "::=" {
                index = start
                return nil
            }
            index = afterName
            item = .rule(name)
        }
        switch self.next {
        case "?":
            index += 1
            return .optional(item)
        case "*", "+":
            index += 1
            return .many(item, least: text[index - 1] == "+" ? 1 : 0)
        default:
            return item
        }
    }

    private mutating func parseScalar() -> Unicode.Scalar {
        if next == "#", index + 1 < text.count, text[index + 1] == "x" {
            let start = index + 2
            index = start
            while let next, next.properties.isASCIIHexDigit { index += 1 }
            return UInt32(string(start, index), radix: 16).flatMap(Unicode.Scalar.init) ?? "?"
        }
        index += 1
        return text[index - 1]
    }

    private mutating func parseSet() -> Item {
        index += 1
        let isNegated = next == "^"
        if isNegated { index += 1 }
        var ranges: [ClosedRange<UInt32>] = []
        while let next, next != "]" {
            let low = parseScalar()
            if self.next == "-", index + 1 < text.count, text[index + 1] != "]" {
                index += 1
                let high = parseScalar()
                ranges.append(low.value...max(low.value, high.value))
            } else {
                ranges.append(low.value...low.value)
            }
        }
        index += 1
        if isNegated {
            return .set(
                Self.sample.filter { scalar in !ranges.contains { $0.contains(scalar.value) } }
            )
        }
        return .set(ranges.flatMap { $0.compactMap(Unicode.Scalar.init) })
    }
}
