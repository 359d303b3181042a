import ParleyNetwork
import ParleyPatterns
import ParleySemantics
import ParleyTLS
import ParleyVerbs
import ParleyWire

extension Fiber {
    /// Now, in nanoseconds since 1970: the run's start plus the monotonic time since.
    var wallClock: Int64 {
        let context = shared.context
        return context.startWallClock.addingClamped(
            now.nanoseconds.subtractingReportingOverflow(context.startMonotonic.nanoseconds)
                .partialValue
        )
    }

    /// Text out of registers in a row; secret if any of them is.
    func template(_ first: Register, _ count: Int32, isWord: Bool) throws -> Value {
        var text = ""
        var secrets: [[UInt8]] = []
        var isSecret = false
        var bytes: [UInt8]?
        for register in Int(first)..<Int(first + count) {
            let value = registers[register]
            if value.isSecret {
                isSecret = true
                secrets += value.secretParts
            }
            if case .bytes(let octets) = value.bare {
                bytes = (bytes ?? Array(text.utf8)) + octets
            } else if let before = bytes {
                bytes = before + Array(try value.text().utf8)
            } else {
                text += try value.text()
            }
        }
        let made = bytes.map { Value.bytes($0) } ?? .string(text)
        if isWord, let found = Word.forbidden(bytes ?? Array(text.utf8)) {
            throw ScriptError.value(
                "\(found) cannot be sent in a word; ‘send raw’ sends octets as they are"
            )
        }
        return isSecret ? .secret(SecretBox(made, parts: secrets)) : made
    }

    func lookUp(_ source: Value, _ key: Value) throws -> Value {
        switch source {
        case .secret(let box): return try lookUp(box.value, key).asSecret
        case .map(let map): return map[try key.text()] ?? .none
        case .record(let box):
            if case .capabilities(let capabilities) = box.content {
                return capabilities.parameters(of: try key.text())
                    .map { .string($0.joined(separator: " ")) } ?? .none
            }
            return .none
        case .none: return .none
        default: return try element(source, key)
        }
    }

    func element(_ source: Value, _ key: Value) throws -> Value {
        if case .secret(let box) = source { return try element(box.value, key).asSecret }
        if case .map = source { return try lookUp(source, key) }
        guard case .int(let index) = key.bare else {
            throw ScriptError.value("an index is a whole number, not \(key.kindName)")
        }
        let count = try Iteration.count(source)
        guard index >= 0, index < count, let element = try Iteration.element(index, of: source)
        else {
            throw ScriptError.value("there is no element \(index): the list has \(count), from 0")
        }
        return element
    }

    /// Calls a function, or asks for what takes long to be done elsewhere.
    func call(
        _ function: Builtin,
        into target: Register,
        _ first: Register,
        _ count: Int32
    ) throws -> Request? {
        let arguments = UnsafeBufferPointer(start: registers + Int(first), count: Int(count))
        if arguments.contains(where: \.isLong), !function.needsFiber {
            let copies = Array(arguments)
            return offload(into: target) { () throws(ScriptError) in
                try Builtins.call(function, copies)
            }
        }
        registers[Int(target)] = try call(function, arguments)
        return nil
    }

    private func call(
        _ function: Builtin,
        _ arguments: UnsafeBufferPointer<Value>
    ) throws -> Value {
        switch function {
        case .now: return .instant(wallClock)
        case .uuid: return .string(random.uuid())
        case .random:
            guard let first = arguments.first, case .int(let bound) = first.bare, bound > 0 else {
                throw ScriptError.value("random() needs a number above 0")
            }
            return .int(random.below(bound))
        case .runID: return .string(shared.context.runID)
        case .runSeed: return .int(Int(truncatingIfNeeded: shared.context.seed))
        case .probeName: return .domain(shared.context.probeName)
        case .probeSender: return .address(shared.context.probeSender)
        default: return try Builtins.call(function, Array(arguments))
        }
    }

    /// A file's contents: read before the run, or asked for.
    func file(_ function: Builtin, into target: Register, _ path: Value) throws -> Request? {
        let path = try path.text()
        if let bytes = shared.files.contents[path] {
            registers[Int(target)] = try Builtins.file(function, bytes)
            position += 1
            return nil
        }
        waiting = .file(target)
        return .readFile(path: path, enclosingLimit())
    }

    /// What came of it.
    func fileArrived(_ event: Event) throws -> Request? {
        guard case .file(let function, let target, _) = code.instructions[position] else {
            return nil
        }
        switch event {
        case .file(.success(let bytes)) where bytes.count > Fiber.longLength:
            return offload(into: target) { () throws(ScriptError) in
                try Builtins.file(function, bytes)
            }
        case .file(.success(let bytes)):
            registers[Int(target)] = try Builtins.file(function, bytes)
        case .file(.failure(let failure)):
            throw ScriptError(failure.reason, failure.message)
        default:
            throw unexpected(event, stage: "reading a file", family: "local", handle: nil)
        }
        position += 1
        return nil
    }

    /// A pattern: constant, or made of text in which insertions are quoted.
    func pattern(_ site: PatternSite) throws -> Pattern {
        if let constant = site.constant { return constant }
        var source = ""
        for piece in site.pieces {
            let text = try registers[Int(piece.register)].text()
            source += piece.isInserted ? Pattern.quote(text) : text
        }
        do {
            return try Pattern(source, caseInsensitive: site.isCaseInsensitive)
        } catch {
            throw ScriptError("script.pattern", "the pattern is not valid: \(error.message)")
        }
    }

    func covers(_ certificate: Value, _ host: Value) throws -> Value {
        guard case .record(let box) = certificate, case .certificate(let leaf, _) = box.content
        else {
            throw ScriptError.value("‘covers’ judges certificates, not \(certificate.kindName)")
        }
        if case .endpoint(let text) = host.bare { return .bool(leaf.covers(Value.host(of: text))) }
        return .bool(leaf.covers(try host.text()))
    }

    func count(_ server: Value, _ verb: String) throws -> Value {
        switch server {
        case .server(let handle), .log(let handle): return .int(handle.count(verb.asciiLowercased))
        case .unset: throw ScriptError.unbound("the server")
        default: throw ScriptError.value("‘count’ asks a server’s log, not \(server.kindName)")
        }
    }
}

/// What words may hold.
enum Word {
    /// The name of the first octet that no word may hold.
    static func forbidden(_ bytes: some Sequence<UInt8>) -> String? {
        for byte in bytes where byte <= 0x0D {
            switch byte {
            case 0x00: return "NUL"
            case 0x0A: return "a line feed"
            case 0x0D: return "a carriage return"
            default: break
            }
        }
        return nil
    }
}
