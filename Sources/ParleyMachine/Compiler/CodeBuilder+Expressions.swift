import ParleyDiagnostics
import ParleySemantics
import ParleySyntax

extension CodeBuilder {
    /// Compiles an expression; its value is in the register when the code has run. A variable is
    /// not copied.
    mutating func operand(_ expression: CheckedExpression) -> Register {
        if case .variable(let variable) = expression.form, capture?.isConditional != true {
            locate(expression.place)
            checkBound(variable)
            show(expression, Register(variable.index))
            return Register(variable.index)
        }
        let register = temporary()
        evaluate(expression, into: register)
        return register
    }

    /// Compiles an expression into a register.
    mutating func evaluate(_ expression: CheckedExpression, into target: Register) {
        emitForm(expression, into: target)
        show(expression, target)
    }

    /// Compiles expressions into registers in a row; the first.
    mutating func row(_ expressions: [CheckedExpression]) -> Register {
        let first = temporaries(expressions.count)
        for (index, expression) in expressions.enumerated() {
            evaluate(expression, into: first + Register(index))
        }
        return first
    }

    private mutating func emitForm(_ expression: CheckedExpression, into target: Register) {
        switch expression.form {
        case .constant(let constant):
            locate(expression.place)
            emit(.constant(target, self.constant(constant)))
        case .variable(let variable):
            locate(expression.place)
            checkBound(variable)
            emit(.move(target, Register(variable.index)))
        case .template(let pieces, let isWord):
            let first = row(pieces)
            locate(expression.place)
            let count = Int32(pieces.count)
            emit(
                isWord
                    ? .word(target, first: first, count: count)
                    : .template(target, first: first, count: count)
            )
        case .list(let items):
            let first = row(items)
            locate(expression.place)
            emit(.list(target, first: first, count: Int32(items.count)))
        case .session(let slot, let attribute):
            locate(expression.place)
            emit(.attribute(target, slot: Int32(slot.index), attribute))
        case .sessionValue(let slot):
            locate(expression.place)
            emit(.sessionValue(target, slot: Int32(slot.index)))
        case .field(let base, let field):
            let source = operand(base)
            locate(expression.place)
            emit(.field(target, source, field))
        case .unary(let operation, let inner):
            let source = operand(inner)
            locate(expression.place)
            emit(.unary(operation, target, source))
        case .binary(let operation, let left, let right):
            binary(operation, left, right, expression, into: target)
        case .fallback(let value, let otherwise):
            capture?.mayShortCircuit = true
            evaluate(value, into: target)
            let jump = placeholder()
            conditionally { $0.evaluate(otherwise, into: target) }
            patch(jump, .jumpUnlessNone(target, position))
        default:
            emitLookUp(expression, into: target)
        }
    }

    private mutating func emitLookUp(_ expression: CheckedExpression, into target: Register) {
        switch expression.form {
        case .lookup(let base, let key):
            let (source, name) = (operand(base), operand(key))
            locate(expression.place)
            emit(.lookup(target, source, name))
        case .index(let base, let key):
            let (source, number) = (operand(base), operand(key))
            locate(expression.place)
            emit(.index(target, source, number))
        case .pattern(let pattern):
            let number = site(pattern)
            locate(expression.place)
            emit(.pattern(target, pattern: number))
        case .call(let function, let arguments):
            call(function, arguments, expression, into: target)
        case .matches(let value, let pattern):
            let source = operand(value)
            let number = site(pattern)
            locate(expression.place)
            emit(.matches(target, source, pattern: number))
        case .capture(let value, let pattern, let group):
            let source = operand(value)
            let number = site(pattern, group: group)
            locate(expression.place)
            emit(.capture(target, source, pattern: number))
        case .offers(let slot, let capability, let test):
            offersTest(slot, capability, test, expression, into: target)
        case .covers(let certificate, let host):
            let (source, name) = (operand(certificate), operand(host))
            locate(expression.place)
            emit(.covers(target, source, name))
        case .count(let server, let verb):
            let source = operand(server)
            locate(expression.place)
            emit(.count(target, source, name: name(verb)))
        case .conversion(let inner):
            let source = operand(inner)
            locate(expression.place)
            emit(.convert(target, source, kind: kind(expression.kind)))
        default:
            break
        }
    }

    private mutating func binary(
        _ operation: BinaryOperator,
        _ left: CheckedExpression,
        _ right: CheckedExpression,
        _ expression: CheckedExpression,
        into target: Register
    ) {
        switch operation {
        case .and, .or:
            capture?.mayShortCircuit = true
            let first = operand(left)
            emit(.move(target, first))
            let jump = placeholder()
            conditionally { builder in
                let second = builder.operand(right)
                builder.emit(.move(target, second))
            }
            patch(
                jump,
                operation == .and ? .jumpUnless(target, position) : .jumpIf(target, position)
            )
        default:
            let (first, second) = (operand(left), operand(right))
            locate(expression.place)
            emit(.binary(operation, target, first, second))
        }
    }

    /// Compiles what may be skipped: a judgement shows copies of its variables, which stay empty
    /// then.
    private mutating func conditionally(_ body: (inout CodeBuilder) -> Void) {
        let outer = capture?.isConditional ?? false
        capture?.isConditional = true
        body(&self)
        capture?.isConditional = outer
    }

    private mutating func call(
        _ function: Builtin,
        _ arguments: [CheckedExpression],
        _ expression: CheckedExpression,
        into target: Register
    ) {
        switch function {
        case .read, .lines, .csv, .json:
            guard let argument = arguments.first else { return }
            if case .constant(.string(let path)) = argument.form {
                files.append((path, expression.place))
            }
            let path = operand(argument)
            locate(expression.place)
            emit(.file(function, target, path: path))
        default:
            let first = row(arguments)
            locate(expression.place)
            emit(.call(function, target, first: first, count: Int32(arguments.count)))
        }
    }

    private mutating func offersTest(
        _ slot: SessionSlot,
        _ capability: String,
        _ test: CheckedOffersTest,
        _ expression: CheckedExpression,
        into target: Register
    ) {
        let actual = temporary()
        let compiled: OffersSite.Test
        switch test {
        case .present: compiled = .present
        case .includes(let parameters): compiled = .includes(parameters)
        case .compares(let operation, let bound):
            let register = operand(bound)
            // A bound of `20MB` is shown as the number it means, although it is only a literal.
            if bound.isLiteral { capture?.shown.append((bound.anchor, register)) }
            compiled = .compares(operation, register)
        case .states(let parameter, let operation, let bound):
            compiled = .states(parameter, operation, operand(bound))
        }
        offers.append(
            OffersSite(
                slot: slot.index,
                label: slot.label,
                capability: capability,
                test: compiled,
                actual: actual
            )
        )
        let number = Int32(offers.count - 1)
        locate(expression.place)
        emit(.offers(target, site: number))
        capture?.offers.append(number)
        if case .present = test { return }
        let anchor = expression.place.offset(of: capability, behind: "offers")
        capture?.shown.append((anchor, actual))
    }

    /// A pattern's number; its pieces are in registers when the code has run.
    mutating func site(_ pattern: CheckedPattern, group: Int = -1) -> Int32 {
        patterns.append(patternSite(pattern, group: group))
        return Int32(patterns.count - 1)
    }

    mutating func patternSite(_ pattern: CheckedPattern, group: Int = -1) -> PatternSite {
        var site = PatternSite(constant: pattern.constant, group: group)
        site.isCaseInsensitive = pattern.isCaseInsensitive
        if pattern.constant == nil {
            for piece in pattern.pieces {
                site.pieces.append((operand(piece.text), piece.isInserted))
            }
        }
        return site
    }

    private mutating func checkBound(_ variable: Variable) {
        guard isInFinally else { return }
        emit(.checkBound(Register(variable.index), name: name(variable.name)))
    }

    /// Remembers where a judgement's sub-expression leaves its value, unless it shows nothing new.
    private mutating func show(_ expression: CheckedExpression, _ register: Register) {
        guard capture != nil, !expression.isLiteral else { return }
        switch expression.form {
        case .template, .conversion, .list, .pattern: break
        default: capture?.shown.append((expression.anchor, register))
        }
    }
}

extension CheckedExpression {
    /// Whether its value stands in the source as it is.
    var isLiteral: Bool {
        switch form {
        case .constant: true
        case .list(let items): items.allSatisfy(\.isLiteral)
        case .template(let pieces, _): pieces.allSatisfy(\.isLiteral)
        case .unary(_, let inner), .conversion(let inner): inner.isLiteral
        default: false
        }
    }
}

extension SourcePlace {
    /// The octet at which `word` stands in the place, behind another word; the place's start if it
    /// does not.
    func offset(of word: String, behind first: String) -> Int {
        let bytes = source.bytes
        let end = min(range.end, bytes.count)
        let (needle, lead) = (Array(word.utf8), Array(first.utf8))
        guard range.start < end else { return range.start }
        var at = range.start
        if bytes[at..<end].starts(with: lead) { at += lead.count }
        while at + needle.count <= end {
            if bytes[at..<at + needle.count].elementsEqual(needle) { return at }
            at += 1
        }
        return range.start
    }
}
