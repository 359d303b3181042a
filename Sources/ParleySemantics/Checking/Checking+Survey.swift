import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// What `tls` takes; `offers` is the only thing there is to ask for.
    static let surveySpec = VerbSpec(
        "tls",
        help: "find out which versions, ciphers and groups a server speaks",
        slots: [
            SlotSpec("offers", .keyword(["offers"])), SlotSpec("host[:port]", .text),
            SlotSpec("protocol", .keyword(["smtp", "smtps"]), optional: true),
        ],
        clauses: [ClauseSpec(["name"], SlotSpec("host", .domain))]
    )

    /// `tls offers HOST[:PORT] [smtp|smtps] [name HOST] [within D] [as NAME]`
    func survey(_ verb: VerbStatement) -> CheckedStatement.Kind? {
        refusePattern(verb)
        if let range = verb.tail.arrow?.range ?? verb.tail.softened {
            report(
                .verbTail,
                "`tls offers` has no reply: it takes no `=>` and no `else warn`",
                at: range,
                help: "bind what it finds and judge that: tls offers HOST as found"
            )
        }
        let spec = Self.surveySpec
        let filled = fill(spec, verb.words, at: verb.verb.range)
        var name = "smtp"
        for (slot, word) in filled.arguments where slot != 1 {
            let allowed = slot == 0 ? ["offers"] : ["smtp", "smtps"]
            let what = slot == 0 ? "what is asked of TLS" : "the protocol"
            guard let literal = keyword(word, allowed, what: what) else { continue }
            if slot == 2 { name = literal }
        }
        guard let host = filled.arguments.first(where: { $0.slot == 1 })?.word,
            let protocolSpec = registry[name]
        else {
            if let name = verb.tail.binding { bind(name, .unknown) }
            return nil
        }
        var survey = CheckedSurvey(
            spec: protocolSpec,
            endpoint: endpoint(host, protocolSpec),
            within: limit(verb.tail.within)
        )
        for (clause, word) in filled.clauses {
            if let word { survey.name = argument(word, spec, clause) }
        }
        if let name = verb.tail.binding { survey.binding = bind(name, .offers) }
        return .survey(survey)
    }
}
