import Foundation

/// Runs a TextMate grammar as editors do: line by line, at each place the rule that matches first.
struct TextMateRunner {
    /// A piece of text with the innermost scope that it got.
    struct Piece: Equatable {
        var text: String
        var scope: String
    }

    private let rules: [Rule]
    private let repository: [String: Rule]

    private final class Rule {
        var scope: String?
        var match: NSRegularExpression?
        var begin: NSRegularExpression?
        var end: NSRegularExpression?
        var captures: [Int: String] = [:]
        var inner: [String] = []
    }

    /// What is wrong with a grammar.
    struct Broken: Error {
        var message: String
    }

    init(_ json: String) throws {
        guard let root = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any],
            let definitions = root["repository"] as? [String: [String: Any]],
            let patterns = root["patterns"] as? [[String: String]]
        else { throw Broken(message: "no grammar") }
        let made = try definitions.mapValues(Self.rule)
        repository = made
        rules = try patterns.map { pattern in
            let name = pattern["include"].map { String($0.dropFirst()) } ?? ""
            guard let rule = made[name] else { throw Broken(message: "no rule \(name)") }
            return rule
        }
    }

    private static func rule(_ definition: [String: Any]) throws -> Rule {
        func expression(_ key: String) throws -> NSRegularExpression? {
            try (definition[key] as? String).map { try NSRegularExpression(pattern: $0) }
        }
        let rule = Rule()
        rule.scope = definition["name"] as? String
        rule.match = try expression("match")
        rule.begin = try expression("begin")
        rule.end = try expression("end")
        for (group, capture) in definition["captures"] as? [String: [String: String]] ?? [:] {
            rule.captures[Int(group) ?? 0] = capture["name"]
        }
        rule.inner = (definition["patterns"] as? [[String: String]] ?? []).compactMap { pattern in
            pattern["include"].map { String($0.dropFirst()) }
        }
        return rule
    }

    /// Every piece of the text that got a scope, in order.
    func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var open: [Rule] = []
        for line in text.components(separatedBy: "\n") {
            scan(line as NSString, &open, &pieces)
        }
        return pieces
    }

    private func scan(_ line: NSString, _ open: inout [Rule], _ pieces: inout [Piece]) {
        var at = 0
        while at <= line.length {
            let inner = open.last.map { rule in rule.inner.compactMap { repository[$0] } } ?? rules
            var best: (rule: Rule, found: NSTextCheckingResult, ends: Bool)?
            if let rule = open.last, let found = first(rule.end, in: line, from: at) {
                best = (rule, found, true)
            }
            for rule in inner {
                guard let found = first(rule.match ?? rule.begin, in: line, from: at) else {
                    continue
                }
                if best.map({ found.range.location < $0.found.range.location }) ?? true {
                    best = (rule, found, false)
                }
            }
            guard let (rule, found, ends) = best else { return }
            let range = found.range
            if ends {
                open.removeLast()
            } else if rule.begin != nil {
                open.append(rule)
            }
            if let scope = rule.scope {
                pieces.append(Piece(text: line.substring(with: range), scope: scope))
            }
            for (group, scope) in rule.captures.sorted(by: { $0.key < $1.key })
            where group < found.numberOfRanges && found.range(at: group).location != NSNotFound {
                pieces.append(
                    Piece(text: line.substring(with: found.range(at: group)), scope: scope)
                )
            }
            at = max(range.location + range.length, ends || rule.begin != nil ? at : at + 1)
            if range.length == 0, ends, at >= line.length { return }
        }
    }

    private func first(
        _ expression: NSRegularExpression?,
        in line: NSString,
        from start: Int
    ) -> NSTextCheckingResult? {
        guard start <= line.length else { return nil }
        // Anchors and look-behind see the whole line, as in an editor.
        return expression?.firstMatch(
            in: line as String,
            options: [.withTransparentBounds, .withoutAnchoringBounds],
            range: NSRange(location: start, length: line.length - start)
        )
    }
}
