import ParleyVerbs

/// Which argument or clause of a verb comes next, behind the words that are there.
struct VerbPlace {
    /// The argument that is due, if one is left.
    private(set) var slot: SlotSpec?
    /// Whether all arguments that must be there are there, so that a clause or the tail may follow.
    private(set) var isComplete = true
    /// The clauses that may follow.
    private(set) var clauses: [ClauseSpec] = []
    /// The clause whose words or argument are due, and how many of its words are there.
    private(set) var open: (clause: ClauseSpec, words: Int)?
    /// The parameters that stand there already.
    private(set) var parameters: [ParameterText] = []

    /// The place behind `words`, which follow the verb.
    init(_ spec: VerbSpec, _ words: [TypedWord]) {
        clauses = spec.clauses
        let required = spec.slots.prefix { !$0.isOptional }.count
        var index = 0
        var filled = 0
        var position = 0
        while position < words.count {
            let rest = words[position...]
            if filled >= required,
                let (clause, count) = clauses.lazy.compactMap({ clause in
                    Self.begins(clause, rest).map { (clause, $0) }
                }).first
            {
                position += count
                if count < clause.words.count {
                    open = (clause, count)
                    return
                }
                clauses.removeAll { $0.name == clause.name }
                if clause.slot != nil {
                    guard position < words.count else {
                        open = (clause, count)
                        return
                    }
                    position += 1
                }
                continue
            }
            guard index < spec.slots.count else { return }
            if spec.slots[index].kind.isParameter, !words[position].isQuoted {
                parameters.append(ParameterText(Array(words[position].text.utf8)))
            }
            filled += 1
            if !spec.slots[index].takesRest { index += 1 }
            position += 1
        }
        slot = index < spec.slots.count ? spec.slots[index] : nil
        isComplete = filled >= required
    }

    /// How many words of the clause stand at the beginning of `words`, which may end within it.
    private static func begins(_ clause: ClauseSpec, _ words: ArraySlice<TypedWord>) -> Int? {
        let pairs = zip(words, clause.words)
        guard pairs.allSatisfy({ $0.text == $1 }) else { return nil }
        return min(words.count, clause.words.count)
    }
}
