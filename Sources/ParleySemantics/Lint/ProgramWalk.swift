extension CheckedProgram {
    /// Calls `body` with every sequence of statements that run one after the other.
    func forEachSequence(_ body: ([CheckedStatement]) -> Void) {
        for test in tests { test.body.forEachSequence(body) }
    }

    /// Calls `body` with every verb, those of pipelines included.
    func forEachVerb(_ body: (CheckedVerb) -> Void) {
        forEachSequence { statements in
            for statement in statements {
                switch statement.kind {
                case .verb(let verb): body(verb)
                case .pipeline(_, _, let verbs): verbs.forEach(body)
                default: break
                }
            }
        }
    }
}

extension CheckedBlock {
    func forEachSequence(_ body: ([CheckedStatement]) -> Void) {
        for list in [statements, finally ?? []] where !list.isEmpty {
            body(list)
            for statement in list {
                for block in statement.blocks { block.forEachSequence(body) }
            }
        }
    }
}

extension CheckedStatement {
    /// The blocks directly inside.
    var blocks: [CheckedBlock] {
        switch kind {
        case .loop(_, _, _, let block), .parallelLoop(_, _, _, _, let block),
            .repetition(_, _, let block), .eventually(_, _, let block), .step(_, _, let block),
            .block(let block):
            [block]
        case .parallel(_, let blocks): blocks
        case .conditional(let branches, let otherwise):
            branches.map(\.block) + (otherwise.map { [$0] } ?? [])
        default: []
        }
    }
}
