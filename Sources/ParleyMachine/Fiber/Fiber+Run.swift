import ParleyDiagnostics
import ParleyNetwork
import ParleySemantics
import ParleySyntax

extension Fiber {
    /// Runs instructions until one asks for something.
    func run() -> Request {
        while true {
            do {
                if let request = try execute() { return request }
                if limit.deadline <= now.nanoseconds { throw lateByItself() }
                waiting = .turn
                return .yield
            } catch {
                stop(error)
            }
        }
    }

    /// Runs instructions; `nil` when the fuel is used up.
    private func execute() throws -> Request? {
        let instructions = code.instructions
        let constants = code.constants
        let registers = registers
        var at = position
        var fuel = Fiber.fuel
        do {
            while fuel > 0 {
                fuel -= 1
                switch instructions[at] {
                case .move(let target, let source):
                    registers[Int(target)] = registers[Int(source)]
                    at += 1
                case .constant(let target, let number):
                    registers[Int(target)] = constants[Int(number)]
                    at += 1
                case .binary(let operation, let target, let left, let right):
                    if case .int(let first) = registers[Int(left)],
                        case .int(let second) = registers[Int(right)],
                        let result = Operators.quick(operation, first, second)
                    {
                        registers[Int(target)] = result
                    } else {
                        registers[Int(target)] = try Operators.apply(
                            operation,
                            registers[Int(left)],
                            registers[Int(right)]
                        )
                    }
                    at += 1
                case .jump(let target):
                    at = Int(target)
                case .jumpUnless(let source, let target):
                    if case .bool(let flag) = registers[Int(source)] {
                        at = flag ? at + 1 : Int(target)
                    } else {
                        at = try truth(registers[Int(source)]) ? at + 1 : Int(target)
                    }
                case .jumpIf(let source, let target):
                    at = try truth(registers[Int(source)]) ? Int(target) : at + 1
                case .jumpUnlessNone(let source, let target):
                    at = registers[Int(source)].isNone ? at + 1 : Int(target)
                case .next(let list, let variable, let exit):
                    if case .range(let lower, let upper) = registers[Int(list)],
                        case .int(let index) = registers[Int(list) + 1]
                    {
                        if index < upper - lower {
                            registers[Int(variable)] = .int(lower + index)
                            registers[Int(list) + 1] = .int(index + 1)
                            at += 1
                        } else {
                            at = Int(exit)
                        }
                    } else {
                        at = try advance(list, variable) ? at + 1 : Int(exit)
                    }
                case .countdown(let count, let exit):
                    at = try countUp(count) ? at + 1 : Int(exit)
                case .clear(let first, let count):
                    for register in first..<first + count { registers[Int(register)] = .unset }
                    at += 1
                case .unary(let operation, let target, let source):
                    registers[Int(target)] = try Operators.apply(operation, registers[Int(source)])
                    at += 1
                case let other:
                    position = at
                    if let request = try evaluate(other) { return request }
                    at = position
                }
            }
        } catch {
            position = at
            throw error
        }
        position = at
        return nil
    }

    /// Instructions that make values, then those that do something. Each leaves ``position`` where
    /// it goes on, unless it returns a request.
    private func evaluate(_ instruction: Instruction) throws -> Request? {
        switch instruction {
        case .checkBound(let register, let name):
            guard !registers[Int(register)].isUnset else {
                throw ScriptError.unbound(code.names[Int(name)])
            }
        case .template(let target, let first, let count):
            registers[Int(target)] = try template(first, count, isWord: false)
        case .word(let target, let first, let count):
            registers[Int(target)] = try template(first, count, isWord: true)
        case .list(let target, let first, let count):
            let items = UnsafeBufferPointer(start: registers + Int(first), count: Int(count))
            registers[Int(target)] = .list(Array(items))
        case .attribute(let target, let slot, let attribute):
            registers[Int(target)] = try self.attribute(attribute, of: Int(slot))
        case .sessionValue(let target, let slot):
            registers[Int(target)] = .session(try session(Int(slot)))
        case .field(let target, let source, let field):
            registers[Int(target)] = try registers[Int(source)].field(field, wallClock: wallClock)
        case .lookup(let target, let source, let key):
            registers[Int(target)] = try lookUp(registers[Int(source)], registers[Int(key)])
        case .index(let target, let source, let key):
            registers[Int(target)] = try element(registers[Int(source)], registers[Int(key)])
        case .call(let function, let target, let first, let count):
            if let request = try call(function, into: target, first, count) { return request }
        case .file(let function, let target, let path):
            return try file(function, into: target, registers[Int(path)])
        case .matches(let target, let source, let number):
            let site = code.patterns[Int(number)]
            let request = try matches(registers[Int(source)], site, into: target)
            if let request { return request }
        case .capture(let target, let source, let number):
            let site = code.patterns[Int(number)]
            let request = try capture(registers[Int(source)], site, into: target)
            if let request { return request }
        case .pattern(let target, let number):
            let pattern = try self.pattern(code.patterns[Int(number)])
            registers[Int(target)] = .record(RecordBox(.pattern(pattern)))
        case .offers(let target, let number):
            registers[Int(target)] = .bool(try offers(code.offers[Int(number)]))
        case .covers(let target, let certificate, let host):
            registers[Int(target)] = try covers(registers[Int(certificate)], registers[Int(host)])
        case .count(let target, let server, let name):
            registers[Int(target)] = try count(registers[Int(server)], code.names[Int(name)])
        case .convert(let target, let source, let kind):
            registers[Int(target)] = try registers[Int(source)].converted(to: code.kinds[Int(kind)])
        default:
            return try act(instruction)
        }
        position += 1
        return nil
    }

    /// Statements and blocks.
    private func act(_ instruction: Instruction) throws -> Request? {
        switch instruction {
        case .enter(let number): try enter(number)
        case .beginFinally(let number): beginFinally(number)
        case .leave(let number): return leave(number)
        case .enterGuard(let number): enterGuard(number)
        case .leaveGuard: leaveGuard()
        case .beginRound(let number): beginRound(number)
        case .endRound(let number): return endRound(number)
        case .end: return end()
        case .connect(let number): return try connect(number)
        case .verb(let number): return try verb(number)
        case .pipeline(let number): return try pipeline(number)
        case .send(let number): return try send(number)
        case .receive(let number): return try receive(number)
        case .close(let slot, let form): return close(Int(slot), form)
        case .held(let number):
            tellHeld(code.judges[Int(number)].place)
            position += 1
        case .failed(let number): try judgementFailed(code.judges[Int(number)])
        case .remark(let remark, let message): try self.remark(remark, message)
        case .measure(let number): try measure(code.measures[Int(number)])
        case .spawn(let number): return try spawn(number)
        case .startServer(let number): return try startServer(number)
        case .stopServer(let register): return try stopServer(register)
        case .survey(let number): return try survey(number)
        case .pause(let register): return try pause(registers[Int(register)])
        case .stop(let number): return stopped(at: number)
        case .signal(let register): return try signal(registers[Int(register)])
        case .await(let number): return try awaitSignal(number)
        default: position += 1
        }
        return nil
    }

    private func truth(_ value: Value) throws(ScriptError) -> Bool {
        switch value {
        case .bool(let flag): return flag
        case .secret(let box): return try truth(box.value)
        case .unset: throw .unbound("the name")
        default: throw .value("\(value.kindName) is neither true nor false")
        }
    }

    /// Puts the next element into the variable; `false` if there is none.
    private func advance(_ list: Register, _ variable: Register) throws(ScriptError) -> Bool {
        guard case .int(let index) = registers[Int(list) + 1] else { return false }
        guard let element = try Iteration.element(index, of: registers[Int(list)]) else {
            return false
        }
        registers[Int(variable)] = element
        registers[Int(list) + 1] = .int(index + 1)
        return true
    }

    private func countUp(_ count: Register) throws(ScriptError) -> Bool {
        guard case .int(let total) = registers[Int(count)].bare,
            case .int(let done) = registers[Int(count) + 1]
        else { throw .value("‘repeat’ needs a whole number") }
        registers[Int(count) + 1] = .int(done + 1)
        return done < total
    }
}

/// Going through lists, ranges and records.
enum Iteration {
    /// How many elements there are.
    static func count(_ value: Value) throws(ScriptError) -> Int {
        switch value {
        case .list(let items): return items.count
        case .range(let lower, let upper): return upper - lower
        case .map(let map): return map.entries.count
        case .log(let server): return server.lines.count
        case .secret(let box): return try count(box.value)
        case .unset: throw .unbound("the list")
        default: throw .value("\(value.kindName) has no elements to go through")
        }
    }

    /// An element, made when it is asked for; `nil` behind the last. A record's are its names.
    static func element(_ index: Int, of value: Value) throws(ScriptError) -> Value? {
        switch value {
        case .list(let items): return index < items.count ? items[index] : nil
        case .range(let lower, let upper): return index < upper - lower ? .int(lower + index) : nil
        case .map(let map):
            return index < map.entries.count ? .string(map.entries[index].name) : nil
        case .log(let server):
            let lines = server.lines
            return index < lines.count ? .string(lines[index]) : nil
        case .secret(let box): return try element(index, of: box.value)?.asSecret
        default:
            _ = try count(value)
            return nil
        }
    }
}
