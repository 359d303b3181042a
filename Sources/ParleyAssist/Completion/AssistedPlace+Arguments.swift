import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

extension AssistedPlace {
    /// What follows a verb: its arguments, its clauses, and the tail.
    mutating func proposeArguments(of spec: VerbSpec) {
        guard ending == .word || ending == .string else { return }
        let behind = Array(words.dropFirst())
        if let arrow = behind.firstIndex(where: { $0.text == "=>" }) {
            return proposeReplies(of: spec, behind: Array(behind[(arrow + 1)...]))
        }
        let (arguments, tail) = Self.withoutTail(behind)
        if proposeTailValue(tail) { return }
        let place = VerbPlace(spec, arguments)
        if let (clause, count) = place.open {
            if count < clause.words.count {
                return proposals.add([clause.words[count]], .clause)
            }
            if let slot = clause.slot { propose(slot, of: spec, place, isClause: true) }
            return
        }
        if tail.isEmpty, let slot = place.slot { propose(slot, of: spec, place, isClause: false) }
        guard ending == .word, place.isComplete else { return }
        if tail.isEmpty { propose(place.clauses) }
        proposeTail(of: spec, behind: tail)
    }

    private mutating func propose(_ clauses: [ClauseSpec]) {
        for clause in clauses {
            proposals.add(
                Proposal(
                    clause.words[0],
                    .clause,
                    detail: VerbUsage.text(of: clause)
                )
            )
        }
    }

    // MARK: - Arguments

    private mutating func propose(
        _ slot: SlotSpec,
        of spec: VerbSpec,
        _ place: VerbPlace,
        isClause: Bool
    ) {
        switch slot.kind {
        case .keyword(let words): proposals.add(words, .value, help: slot.name)
        case .mechanism(let names): propose(mechanisms: names)
        case .parameter, .attribute: propose(parametersOf: spec, place)
        case .file: proposeFile(from: rest.start, rest.text)
        case .mailbox: proposeMailboxes(for: spec)
        case .text where isClause && slot.name == "version":
            proposals.add(Keywords.constants.filter { $0.contains("v") }, .value)
        case .text where isClause && slot.name == "session":
            proposals.add(["auto"], .value, help: "the latest session with that server")
            for name in surroundings.names {
                guard case .session = name.meaning else { continue }
                proposals.add(Proposal(name.name, .session))
            }
        case .text where !isClause && proposeNamed(by: spec, slot): return
        default:
            if slot.name.contains("|") {
                let words = slot.name.split(separator: "|").filter { !$0.contains(":") }
                proposals.add(words.map { String($0) }, .value)
            }
        }
        proposeInsertions(into: slot)
    }

    /// A file's path; the quote before it stays.
    mutating func proposeFile(from start: Int, _ text: String) {
        let isQuoted = text.utf8.first == UInt8(ascii: "\"")
        if isQuoted { restart(at: start + 1) }
        proposals.file = isQuoted ? String(text.dropFirst()) : text
    }

    /// What the statements that are no verbs of a protocol name.
    private mutating func proposeNamed(by spec: VerbSpec, _ slot: SlotSpec) -> Bool {
        switch (spec.name, slot.name) {
        case ("connect", "protocol"):
            proposeProtocols()
        case ("start", _), ("stop", _):
            for name in surroundings.names {
                guard case .server(let isStarted) = name.meaning else { continue }
                if spec.name == "stop", !isStarted { continue }
                proposals.add(Proposal(name.name, .server, detail: "server"))
            }
        case ("signal", _), ("await", _), ("send", _): return false
        default: return false
        }
        return true
    }

    mutating func proposeProtocols() {
        for spec in registry.protocols where !spec.isReserved {
            let port = spec.defaultPort.map { "port \($0)" } ?? "no port of its own"
            proposals.add(
                Proposal(
                    spec.name,
                    .protocolName,
                    detail: port,
                    help: spec.isImplicitTLS
                        ? "\(spec.family) under TLS from the first octet" : spec.family
                )
            )
        }
    }

    private mutating func propose(mechanisms names: [String]) {
        let offered = speaksOnCurrent ? assistant.capabilities?.authMechanisms : nil
        for name in names {
            let isOffered =
                name == "best" || offered?.contains(name.asciiUppercased) ?? true
            proposals.add(
                Proposal(
                    name,
                    .value,
                    detail: "mechanism",
                    help: name == "best" ? "the strongest for a password that is offered" : "",
                    obstacle: isOffered ? "" : "not offered"
                )
            )
        }
    }

    private mutating func propose(parametersOf spec: VerbSpec, _ place: VerbPlace) {
        let given = Set(place.parameters.map(\.name))
        if let equals = rest.text.firstIndex(of: "=") {
            let name = rest.text[..<equals]
            guard let row = spec.parameter(String(name)) else { return }
            restart(at: rest.start + name.utf8.count + 1)
            for value in row.value.words {
                let needs = row.requiresForValue[value.asciiUppercased]
                proposals.add(
                    Proposal(
                        value,
                        .value,
                        detail: row.name,
                        obstacle: isOffered(needs) ? "" : "not offered"
                    )
                )
            }
            return
        }
        for row in spec.parameters where !given.contains(row.name) {
            let excludes = row.excludes.map { given.contains($0) } ?? false
            proposals.add(
                Proposal(
                    row.value == .none ? row.name : "\(row.name)=",
                    .parameter,
                    detail: row.usage,
                    help: row.help,
                    reference: row.reference,
                    obstacle: excludes
                        ? "not beside \(row.excludes ?? "")"
                        : isOffered(row.requires) ? "" : "not offered"
                )
            )
        }
    }

    /// `${name}` for the values in scope that fit.
    private mutating func proposeInsertions(into slot: SlotSpec) {
        guard ending == .word, rest.text.isEmpty || rest.text == "$" else { return }
        var first: [Proposal] = []
        var others: [Proposal] = []
        for name in surroundings.names {
            guard case .value(let kind) = name.meaning else {
                if case .server(true) = name.meaning, slot.name.hasPrefix("host") {
                    first.append(
                        Proposal("${\(name.name).address}", .variable, detail: "endpoint")
                    )
                }
                continue
            }
            guard slot.isSecret || !kind.isSecret, let rank = slot.kind.rank(of: kind) else {
                continue
            }
            let proposal = Proposal("${\(name.name)}", .variable, detail: kind.name)
            if rank == 0 { first.append(proposal) } else { others.append(proposal) }
        }
        switch slot.kind {
        case .domain: first.append(Proposal("${probe.name}", .variable, detail: "domain"))
        case .path: first.append(Proposal("${probe.sender}", .variable, detail: "address"))
        default: break
        }
        (first + others).forEach { proposals.add($0) }
    }
}

extension ArgumentKind {
    /// How well a value of a kind fits: 0 best, 1 also; `nil` if it does not.
    fileprivate func rank(of kind: Kind) -> Int? {
        switch (self, kind.plain) {
        case (.path, .address), (.domain, .domain), (.number, .int), (.size, .size): 0
        case (.domain, .ip), (.path, .string), (.domain, .string): 1
        case (.mailbox, .string), (.text, .string), (.text, .endpoint), (.text, .ip),
            (.text, .domain),
            (.content, .string), (.content, .bytes), (.chunk, .string), (.chunk, .bytes):
            0
        case (.text, .address), (.text, .int), (.text, .size), (.text, .duration): 1
        default: nil
        }
    }
}

extension ParameterValue {
    /// The words to choose from behind the `=`; none where it is free.
    var words: [String] {
        switch self {
        case .keyword(let words): words
        case .keywords(let words, let exclusive): [exclusive] + words
        case .host(let states), .ip(let states), .port(let states): states
        default: []
        }
    }
}
