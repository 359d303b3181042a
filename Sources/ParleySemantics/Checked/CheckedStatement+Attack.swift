import ParleyMail

extension CheckedStatement {
    /// Whether it, or what stands in its blocks, breaks the rules of the protocol on purpose.
    public var breaksRules: Bool {
        if !wordsThatBreakRules.isEmpty { return true }
        return blocks.contains { block in
            (block.statements + (block.finally ?? [])).contains(where: \.breaksRules)
        }
    }

    /// The words of the statement itself that break a rule of the protocol.
    var wordsThatBreakRules: [String] {
        switch kind {
        case .connect(let connect): connect.pregreet == nil ? [] : ["pregreet"]
        case .verb(let verb): verb.wordsThatBreakRules
        case .pipeline(_, let forced, let verbs):
            (forced ? ["pipeline force"] : []) + verbs.flatMap(\.wordsThatBreakRules)
        case .close(_, let form): form == .politely ? [] : ["close \(form.rawValue)"]
        case .send(let send): send.framing.wordsThatBreakRules
        default: []
        }
    }
}

extension CheckedVerb {
    fileprivate var wordsThatBreakRules: [String] {
        clauses.map(\.name).filter { $0 == "unoffered" || $0 == "inject" }
    }
}

extension CheckedSend.Framing {
    fileprivate var wordsThatBreakRules: [String] {
        switch self {
        case .line(.crlf), .raw: return []
        case .line(let end): return ["send \(end.rawValue)"]
        case .long: return ["send long"]
        case .content(let framing, let ending):
            var words: [String] = []
            if !framing.isStuffed { words.append("unstuffed") }
            if framing.lineEnd != .crlf { words.append(framing.lineEnd.rawValue) }
            if !framing.isFinished { words.append("unfinished") }
            if ending != nil { words.append("ending") }
            return words
        }
    }
}
