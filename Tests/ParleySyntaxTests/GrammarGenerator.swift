import ParleySyntax

/// Derives random sentences from a grammar.
struct GrammarGenerator {
    let grammar: Grammar
    /// How deep a rule's shortest derivation is.
    private var heights: [String: Int] = [:]
    private var random: SplitMix
    private(set) var used: Set<String> = []
    /// How many rules may still be derived at random before only the shortest are taken.
    private var fuel = 0

    init(_ grammar: Grammar, seed: UInt64) {
        self.grammar = grammar
        random = SplitMix(seed: seed)
        var changed = true
        while changed {
            changed = false
            for rule in grammar.rules.values {
                guard let height = height(of: rule.item), heights[rule.name] != height + 1 else {
                    continue
                }
                heights[rule.name] = height + 1
                changed = true
            }
        }
    }

    private func height(of item: Grammar.Item) -> Int? {
        switch item {
        case .terminal, .set, .optional, .many(_, least: 0): return 0
        case .many(let item, _): return height(of: item)
        case .rule(let name): return heights[name]
        case .choice(let items): return items.compactMap { height(of: $0) }.min()
        case .sequence(let items):
            var most = 0
            for item in items {
                guard let height = height(of: item) else { return nil }
                most = max(most, height)
            }
            return most
        }
    }

    /// A sentence that `rule` derives from about `size` rules.
    mutating func sentence(_ rule: String, size: Int) -> String {
        fuel = size
        return sentence(rule, budget: 40)
    }

    private mutating func sentence(_ rule: String, budget given: Int) -> String {
        used.insert(rule)
        fuel -= 1
        let budget = fuel > 0 ? given : 0
        guard let found = grammar.rules[rule] else { return "" }
        for _ in 0..<50 {
            let text = derive(found.item, budget - 1)
            if found.constraint.map({ Self.holds($0, text) }) ?? true { return text }
        }
        return ""
    }

    private mutating func below(_ count: Int) -> Int { Int(random.next() % UInt64(max(1, count))) }

    private mutating func derive(_ item: Grammar.Item, _ budget: Int) -> String {
        switch item {
        case .terminal(let text): return text
        case .set(let scalars): return String(Character(scalars[below(scalars.count)]))
        case .rule("S"): return below(12) == 0 ? "\t" : below(12) == 0 ? "  " : " "
        case .rule("newline"): return below(20) == 0 ? "\r\n" : "\n"
        case .rule("G"): return below(4) == 0 ? sentence("G", budget: budget) : " "
        case .rule(let name): return sentence(name, budget: budget)
        case .sequence(let items):
            var text = ""
            for item in items { text += derive(item, budget) }
            return text
        case .optional(let item):
            return budget > 0 && below(2) == 0 ? derive(item, budget) : ""
        case .many(let item, let least):
            var text = ""
            for _ in 0..<(least + (budget > 0 ? below(4) : 0)) { text += derive(item, budget) }
            return text
        case .choice(let items):
            let known = items.filter { height(of: $0) != nil }
            if budget > 0 { return derive(known[below(known.count)], budget) }
            let least = known.compactMap { height(of: $0) }.min() ?? 0
            let short = known.filter { height(of: $0) == least }
            return derive(short[below(short.count)], budget)
        }
    }

    // MARK: - Constraints

    /// Whether a constraint of the grammar holds; what is not random enough to break one does.
    private static func holds(_ constraint: String, _ text: String) -> Bool {
        let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
        switch constraint {
        case "Not Reserved": return !Keywords.isReserved(text) && Keywords.statement(text) == nil
        case "No Statement":
            return Keywords.statement(text) == nil && text != "else" && text != "else:"
        case "No Clause": return !Keywords.clauses.contains(text)
        case "Plain Word":
            return !Keywords.clauses.contains(text) && !["=", "=>", "{"].contains(text)
                && text.last != "," && text.last != ";"
        case "Once":
            return ["within", "as", "else"].allSatisfy { tail in words.count { $0 == tail } <= 1 }
        case "Same Class":
            guard words.count > 1, let code = CodePattern(words[0]),
                let enhanced = EnhancedPattern(words[1])
            else { return true }
            return code.lowest / 100 == enhanced.statusClass
        case "No Bare Number":
            return words.count < 2 || !words[1].allSatisfy { $0.isNumber }
        case "Text Indentation":
            let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
            guard let last = lines.last else { return false }
            let indentation = last.dropLast(3)
            return lines.dropFirst().allSatisfy {
                $0.hasPrefix(indentation) || $0.allSatisfy { $0 == " " || $0 == "\t" }
            }
        case "Scalar":
            guard text.contains("u{") else { return true }
            let digits = text.drop { $0 != "{" }.dropFirst().dropLast()
            return digits.count <= 6
                && UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) != nil
        case "One Line": return !text.unicodeScalars.contains("\n")
        default: return false
        }
    }
}
