import ParleyDiagnostics

/// A rule of a TextMate grammar: one line's match, or what begins and ends.
struct TextMateRule {
    var name: String
    private var scope: String?
    private var pattern: Pattern

    private enum Pattern {
        case match(String, captures: [(group: Int, scope: String)])
        case span(begin: String, end: String, inner: [String])
    }

    /// A rule that matches within a line.
    ///
    /// - Parameter captures: what the groups of the pattern are.
    init(
        _ name: String,
        _ scope: String? = nil,
        match: String,
        captures: [(group: Int, scope: String)] = []
    ) {
        self.name = name
        self.scope = scope
        pattern = .match(match, captures: captures)
    }

    /// A rule that reaches from one match to another, with rules inside.
    init(_ name: String, _ scope: String, begin: String, end: String, inner: [String]) {
        self.name = name
        self.scope = scope
        pattern = .span(begin: begin, end: end, inner: inner)
    }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("name", ifPresent: scope)
            switch pattern {
            case .match(let match, let captures):
                json.member("match", match)
                guard !captures.isEmpty else { return }
                json.key("captures")
                json.object { json in
                    for capture in captures {
                        json.key("\(capture.group)")
                        json.object { $0.member("name", capture.scope) }
                    }
                }
            case .span(let begin, let end, let inner):
                json.member("begin", begin)
                json.member("end", end)
                json.key("patterns")
                json.array { list in
                    for rule in inner { list.object { $0.member("include", "#\(rule)") } }
                }
            }
        }
    }
}
