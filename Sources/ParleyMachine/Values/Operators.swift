import ParleySyntax

/// What operators do to values. Kinds were checked; what is left to go wrong is named.
enum Operators {
    /// What is done most often, in place; `nil` where it needs a second look.
    @inline(__always)
    static func quick(_ operation: BinaryOperator, _ left: Int, _ right: Int) -> Value? {
        switch operation {
        case .less: return .bool(left < right)
        case .equal: return .bool(left == right)
        case .greater: return .bool(left > right)
        case .lessOrEqual: return .bool(left <= right)
        case .greaterOrEqual: return .bool(left >= right)
        case .plus:
            let (sum, overflow) = left.addingReportingOverflow(right)
            return overflow ? nil : .int(sum)
        default: return nil
        }
    }

    /// Applies an operator to two values. What derives from a secret is secret, except the truth
    /// value of a comparison.
    static func apply(
        _ operation: BinaryOperator,
        _ left: Value,
        _ right: Value
    ) throws(ScriptError) -> Value {
        if left.isSecret || right.isSecret {
            let value = try apply(operation, try bare(left), try bare(right))
            if case .bool = value { return value }
            return value.asSecret
        }
        switch operation {
        case .equal: return .bool(try Comparison.areEqual(left, right))
        case .notEqual: return .bool(!(try Comparison.areEqual(left, right)))
        case .less: return .bool(try Comparison.order(left, right) < 0)
        case .lessOrEqual: return .bool(try Comparison.order(left, right) <= 0)
        case .greater: return .bool(try Comparison.order(left, right) > 0)
        case .greaterOrEqual: return .bool(try Comparison.order(left, right) >= 0)
        case .in: return .bool(try Comparison.contains(right, left))
        case .contains: return .bool(try Comparison.contains(left, right))
        case .starts: return .bool(try left.octets().starts(with: try right.octets()))
        case .ends:
            return .bool(try left.octets().reversed().starts(with: right.octets().reversed()))
        case .plus, .minus, .times, .divide, .remainder:
            return try Arithmetic.apply(operation, left, right)
        case .and, .or:
            guard case .bool(let first) = left, case .bool(let second) = right else {
                throw mismatch(operation, left, right)
            }
            return .bool(operation == .and ? first && second : first || second)
        }
    }

    /// Applies `not` or `-`.
    static func apply(_ operation: UnaryOperator, _ operand: Value) throws(ScriptError) -> Value {
        switch (operation, operand) {
        case (.not, .bool(let flag)): return .bool(!flag)
        case (.minus, .int(let number)) where number != .min: return .int(-number)
        case (.minus, .float(let number)): return .float(-number)
        case (.minus, .duration(let nanoseconds)) where nanoseconds != .min:
            return .duration(-nanoseconds)
        case (_, .secret(let box)): return try apply(operation, box.value).asSecret
        case (_, .unset): throw .unbound("the name")
        default: throw .value("‘\(operation.rawValue)’ does not go with \(operand.kindName)")
        }
    }

    static func mismatch(_ operation: BinaryOperator, _ left: Value, _ right: Value) -> ScriptError
    {
        if left.isUnset || right.isUnset { return .unbound("the name") }
        if left.isNone || right.isNone {
            return .value(
                "‘\(operation.rawValue)’ has no value on one side; give one with ‘default’"
            )
        }
        return .value(
            "‘\(operation.rawValue)’ does not go with \(left.kindName) and \(right.kindName)"
        )
    }

    private static func bare(_ value: Value) throws(ScriptError) -> Value {
        guard case .list(let items) = value else { return value.bare }
        return .list(items.map(\.bare))
    }
}

/// Sums and products.
enum Arithmetic {
    static func apply(
        _ operation: BinaryOperator,
        _ left: Value,
        _ right: Value
    ) throws(ScriptError) -> Value {
        switch (left, right) {
        case (.int(let first), .int(let second)):
            return .int(Int(try whole(operation, Int64(first), Int64(second))))
        case (.duration(let first), .duration(let second)):
            if operation == .divide { return .float(try quotient(first, second)) }
            return .duration(try whole(operation, first, second))
        case (.size(let first), .size(let second)):
            if operation == .divide { return .float(try quotient(first, second)) }
            return .size(try whole(operation, first, second))
        case (.duration(let first), .int(let second)):
            return .duration(try scaled(operation, first, Int64(second), left, right))
        case (.int(let first), .duration(let second)) where operation == .times:
            return .duration(try whole(.times, Int64(first), second))
        case (.size(let first), .int(let second)):
            return .size(try scaled(operation, first, Int64(second), left, right))
        case (.int(let first), .size(let second)) where operation == .times:
            return .size(try whole(.times, Int64(first), second))
        case (.duration(let first), .float(let second)):
            return .duration(try rounded(operation, Double(first), second, left, right))
        case (.size(let first), .float(let second)):
            return .size(try rounded(operation, Double(first), second, left, right))
        case (.float(let first), .duration(let second)) where operation == .times:
            return .duration(try rounded(.times, Double(second), first, left, right))
        case (.float(let first), .size(let second)) where operation == .times:
            return .size(try rounded(.times, Double(second), first, left, right))
        case (.instant(let first), .instant(let second)) where operation == .minus:
            return .duration(try whole(.minus, first, second))
        case (.instant(let first), .duration(let second))
        where operation == .minus || operation == .plus:
            return .instant(try whole(operation, first, second))
        case (.duration(let first), .instant(let second)) where operation == .plus:
            return .instant(try whole(.plus, first, second))
        case (.list(let first), .list(let second)) where operation == .plus:
            return .list(first + second)
        case (.bytes, _) where operation == .plus, (_, .bytes) where operation == .plus:
            return .bytes(try left.octets() + right.octets())
        default: break
        }
        if let first = left.number, let second = right.number {
            return .float(try float(operation, first, second))
        }
        guard operation == .plus, left.isTextual, right.isTextual else {
            throw Operators.mismatch(operation, left, right)
        }
        return .string(try left.text() + right.text())
    }

    private static func whole(
        _ operation: BinaryOperator,
        _ left: Int64,
        _ right: Int64
    ) throws(ScriptError) -> Int64 {
        let (result, overflow): (Int64, Bool)
        switch operation {
        case .plus: (result, overflow) = left.addingReportingOverflow(right)
        case .minus: (result, overflow) = left.subtractingReportingOverflow(right)
        case .times: (result, overflow) = left.multipliedReportingOverflow(by: right)
        case .divide, .remainder:
            guard right != 0 else { throw .value("division by zero") }
            (result, overflow) =
                operation == .divide
                ? left.dividedReportingOverflow(by: right)
                : left.remainderReportingOverflow(dividingBy: right)
        default: throw .value("‘\(operation.rawValue)’ is no arithmetic")
        }
        guard !overflow else { throw .value("the result does not fit into 64 bits") }
        return result
    }

    private static func scaled(
        _ operation: BinaryOperator,
        _ amount: Int64,
        _ factor: Int64,
        _ left: Value,
        _ right: Value
    ) throws(ScriptError) -> Int64 {
        guard operation == .times || operation == .divide else {
            throw Operators.mismatch(operation, left, right)
        }
        return try whole(operation, amount, factor)
    }

    private static func rounded(
        _ operation: BinaryOperator,
        _ amount: Double,
        _ factor: Double,
        _ left: Value,
        _ right: Value
    ) throws(ScriptError) -> Int64 {
        guard operation == .times || operation == .divide else {
            throw Operators.mismatch(operation, left, right)
        }
        let result = try float(operation, amount, factor)
        guard let whole = Int64(exactly: result.rounded()) else {
            throw .value("the result does not fit into 64 bits")
        }
        return whole
    }

    private static func quotient(_ left: Int64, _ right: Int64) throws(ScriptError) -> Double {
        try float(.divide, Double(left), Double(right))
    }

    private static func float(
        _ operation: BinaryOperator,
        _ left: Double,
        _ right: Double
    ) throws(ScriptError) -> Double {
        switch operation {
        case .plus: return left + right
        case .minus: return left - right
        case .times: return left * right
        case .divide, .remainder:
            guard right != 0 else { throw .value("division by zero") }
            return operation == .divide ? left / right : left.truncatingRemainder(dividingBy: right)
        default: throw .value("‘\(operation.rawValue)’ is no arithmetic")
        }
    }
}
