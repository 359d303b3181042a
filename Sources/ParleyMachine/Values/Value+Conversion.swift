import ParleyMail
import ParleyNetwork
import ParleySemantics
import ParleyWire

extension Value {
    /// The value as one of another kind: what a declared kind, `int()` or a verb's slot demands.
    ///
    /// - Throws: ``ScriptError`` that says what the kind looks like.
    func converted(to kind: Kind) throws(ScriptError) -> Value {
        if case .secret(let box) = self {
            return try box.value.converted(to: kind.withoutSecret).asSecret
        }
        switch kind {
        case .secret(let inner): return try converted(to: inner).asSecret
        case .optional(let inner): return isNone ? .none : try converted(to: inner)
        case .list(let element):
            guard let items = listed else { throw noFit("a list") }
            var converted: [Value] = []
            for item in items { converted.append(try item.converted(to: element)) }
            return .list(converted)
        case .bool, .int, .float, .duration, .size, .code, .tlsVersion, .instant:
            return try convertedNumber(to: kind)
        case .string: return .string(try text())
        case .bytes: return .bytes(try octets())
        case .enhanced:
            if case .enhanced = self { return self }
            guard let status = EnhancedStatus(try text()) else {
                throw noFit("an enhanced code such as 5.1.1")
            }
            return .enhanced(StatusCode(status))
        case .address: return try convertedAddress()
        case .domain:
            let text = try text()
            do { _ = try Domain(text) } catch {
                throw .value("\(Value.quote(text, 60)) is no domain: \(error.message)")
            }
            return .domain(text)
        case .ip:
            guard let address = IPAddress(try text()) else { throw noFit("an IP address") }
            return .ip(address.description)
        case .endpoint:
            if case .ip(let text) = self {
                return .endpoint(text.contains(":") ? "[\(text)]" : text)
            }
            let text = try text()
            do { _ = try Endpoint(parsing: text, defaultPort: 1) } catch {
                throw .value(error.description)
            }
            return .endpoint(text)
        default: return self
        }
    }

    private func convertedNumber(to kind: Kind) throws(ScriptError) -> Value {
        switch (kind, self) {
        case (.bool, .bool), (.int, .int), (.float, .float), (.duration, .duration), (.size, .size),
            (.code, .code), (.tlsVersion, .tlsVersion), (.instant, .instant):
            return self
        case (.float, .int(let number)): return .float(Double(number))
        case (.int, .code(let number)): return .int(number)
        case (.int, .size(let octets)): return .int(Int(octets))
        case (.int, .float(let number)):
            guard let whole = Int(exactly: number.rounded(.towardZero)) else {
                throw noFit("a whole number of 64 bits")
            }
            return .int(whole)
        case (.size, .int(let number)):
            guard number >= 0 else { throw noFit("a size") }
            return .size(Int64(number))
        case (.code, .int(let number)):
            guard 100...599 ~= number else { throw noFit("a reply code from 100 to 599") }
            return .code(number)
        default: break
        }
        let text = try text()
        switch kind {
        case .bool:
            switch text {
            case "true", "yes", "on", "1": return .bool(true)
            case "false", "no", "off", "0": return .bool(false)
            default: throw noFit("‘true’ or ‘false’")
            }
        case .int:
            if let number = Int(text) { return .int(number) }
            throw noFit("a whole number")
        case .float:
            if let number = Double(text), number.isFinite { return .float(number) }
            throw noFit("a number")
        case .duration:
            if let nanoseconds = DurationText.parse(text) { return .duration(nanoseconds) }
            throw noFit("a duration such as 250ms, 30s or 5m")
        case .size:
            if let octets = DurationText.parseSize(text) { return .size(octets) }
            throw noFit("a size such as 512B, 10KB or 20MB")
        case .code:
            if let number = Int(text), 100...599 ~= number { return .code(number) }
            throw noFit("a reply code from 100 to 599")
        case .tlsVersion:
            let names = ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]
            if let index = names.firstIndex(of: text) { return .tlsVersion(index) }
            if text == "TLSv1.0" { return .tlsVersion(1) }
            throw noFit("a TLS version such as TLSv1.2")
        default: throw noFit("an instant")
        }
    }

    private func convertedAddress() throws(ScriptError) -> Value {
        if case .address = self { return self }
        let text = try text()
        do { _ = try Path(text) } catch {
            throw .value("\(Value.quote(text, 60)) is no address: \(error.message)")
        }
        let isBracketed = text.utf8.count > 2 && text.hasPrefix("<") && text.hasSuffix(">")
        return .address(isBracketed ? String(text.dropFirst().dropLast()) : text)
    }

    private func noFit(_ wanted: String) -> ScriptError {
        if isUnset { return .unbound("the name") }
        return .value("\(display) is not \(wanted)")
    }
}

extension Kind {
    var withoutSecret: Kind {
        if case .secret(let inner) = self { inner } else { self }
    }
}
