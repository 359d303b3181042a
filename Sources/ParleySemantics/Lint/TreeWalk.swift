package import ParleySyntax

/// Goes through a tree, outer before inner.
package struct TreeWalk {
    package var onStatement: (Statement) -> Void = { _ in }
    package var onExpression: (Expression) -> Void = { _ in }
    package var onWord: (Word) -> Void = { _ in }

    /// A walk that looks at nothing yet.
    package init() {}

    package func walk(_ statements: [Statement]) {
        for statement in statements {
            onStatement(statement)
            walk(statement.kind)
            for block in statement.blocks { walk(block.statements) }
        }
    }

    private func walk(_ kind: StatementKind) {
        switch kind {
        case .use(let path, let values): words([path] + values.map(\.value))
        case .replay(let values): words(values.map(\.value))
        case .profile(_, let values), .defaults(let values): words(values.map(\.value))
        case .parameter(_, _, let value): words([value])
        case .secret(_, _, let arguments): words(arguments)
        case .binding(_, let value), .cases(_, let value), .snapshot(_, let value),
            .pause(let value):
            expression(value)
        case .timeouts(let word): words([word])
        case .suite(let title, _): words([title])
        case .test(let test): words([test.title, test.timeout, test.retry])
        case .verb(let verb):
            words(verb.words + [verb.tail.within])
            pattern(verb.pattern)
            verb.tail.arrow?.alternatives.forEach { pattern($0.pattern) }
        case .judge(let judge):
            expression(judge.condition)
            words([judge.message])
        case .remark(_, let message): message.map(expression)
        case .measure(let measure):
            [measure.value, measure.warn?.bound, measure.fail?.bound].forEach { $0.map(expression) }
        case .conditional(let branches, _): branches.forEach { expression($0.condition) }
        case .loop(_, let list, let parallel, let within, _):
            expression(list)
            parallel.map(expression)
            words([within])
        case .repetition(let count, let within, _):
            expression(count)
            words([within])
        case .eventually(let within, let every, _): words([within, every])
        case .step(let title, let within, _): words([title, within])
        case .parallel(let within, _): words([within])
        case .call(_, let arguments): arguments.forEach(expression)
        case .server(let server): self.server(server)
        case .dialogue, .hook, .pipeline, .finally, .message, .malformed: break
        }
    }

    private func server(_ server: ServerDeclaration) {
        words([server.endpoint] + server.clauses)
        for setting in server.settings { words(setting.words) }
        for (rule, connections) in server.rules {
            words([connections, rule.mostConnections])
            pattern(rule.pattern)
            for action in rule.actions {
                switch action.kind {
                case .reply(let code, let enhanced, let lines): words([code, enhanced] + lines)
                case .offers(let list): words(list)
                case .status(_, let code, let text): words([code, text])
                case .untagged(let word): words([word])
                case .dribble(let size, let every): words([size, every])
                case .after(let word), .raw(let word), .times(let word), .cut(let word),
                    .ending(let word), .split(let word), .challenge(let word), .sasl(let word),
                    .alert(let word), .signal(let word), .absent(let word):
                    words([word])
                case .await(let name, let within): words([name, within])
                case .drop, .reset, .stall, .halfClose: break
                }
            }
        }
    }

    private func words(_ words: [Word?]) {
        for case let word? in words {
            onWord(word)
            parts(word.parts)
        }
    }

    private func pattern(_ pattern: RegexLiteral?) {
        if let pattern { parts(pattern.parts) }
    }

    private func parts(_ parts: [WordPart]) {
        for case .insertion(let inner, _) in parts { expression(inner) }
    }

    private func expression(_ expression: Expression) {
        onExpression(expression)
        switch expression.kind {
        case .literal, .name, .missing: break
        case .string(let parts): self.parts(parts)
        case .member(let inner, _), .unary(_, let inner), .predicate(let inner, _),
            .count(let inner, _), .group(let inner):
            self.expression(inner)
        case .index(let left, let right), .binary(_, _, let left, let right),
            .fallback(let left, let right), .covers(let left, _, let right),
            .sameAs(let left, _, let right, _):
            self.expression(left)
            self.expression(right)
        case .call(_, let parts), .list(let parts): parts.forEach(self.expression)
        case .matches(let inner, _, let literal), .capture(let inner, let literal, _):
            self.expression(inner)
            pattern(literal)
        case .offers(_, .compares(_, _, let value)): self.expression(value)
        case .offers(_, .states(_, _, _, let value)): self.expression(value)
        case .offers: break
        case .pattern(let literal): pattern(literal)
        }
    }
}

extension Statement {
    /// The blocks directly inside.
    package var blocks: [Block] {
        switch kind {
        case .dialogue(_, _, let block), .suite(_, let block), .hook(_, _, let block),
            .pipeline(_, let block), .loop(_, _, _, _, let block), .repetition(_, _, let block),
            .eventually(_, _, let block), .step(_, _, let block), .parallel(_, let block),
            .finally(let block), .message(_, let block):
            [block]
        case .test(let test): [test.body]
        case .conditional(let branches, let otherwise):
            branches.map(\.block) + (otherwise.map { [$0] } ?? [])
        default: []
        }
    }
}
