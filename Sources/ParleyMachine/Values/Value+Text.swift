import ParleyWire

extension Value {
    /// The value as text, where an insertion or `string()` needs it; secrets as what they are.
    ///
    /// - Throws: ``ScriptError`` for kinds that have no text: lists, records, nothing.
    func text() throws(ScriptError) -> String {
        switch self {
        case .string(let text), .address(let text), .domain(let text), .ip(let text),
            .endpoint(let text):
            return text
        case .int(let number), .code(let number): return String(number)
        case .bool(let flag): return flag ? "true" : "false"
        case .float(let number): return "\(number)"
        case .duration(let nanoseconds): return DurationText.describe(nanoseconds)
        case .size(let octets): return String(octets)
        case .instant(let nanoseconds): return InstantText.describe(nanoseconds)
        case .enhanced(let status): return status.text
        case .tlsVersion(let minor): return Value.versionText(minor)
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .secret(let box): return try box.value.text()
        case .reply(let record): return record.reply.text
        case .none: throw .value("there is no value to make text of; give one with ‘default’")
        case .unset: throw .unbound("the name")
        default: throw .value("\(kindName) cannot be made text")
        }
    }

    /// The value as octets, for the wire and for digests.
    func octets() throws(ScriptError) -> [UInt8] {
        switch self {
        case .string(let text): return Array(text.utf8)
        case .bytes(let bytes): return bytes
        case .secret(let box): return try box.value.octets()
        default: return Array(try text().utf8)
        }
    }

    static func versionText(_ minor: Int) -> String {
        minor <= 0 ? "SSLv3" : "TLSv1.\(minor - 1)"
    }

    /// The kind's name, for messages.
    var kindName: String {
        switch self {
        case .unset, .none: "nothing"
        case .bool: "a truth value"
        case .int: "a whole number"
        case .float: "a number"
        case .string: "a string"
        case .bytes: "bytes"
        case .duration: "a duration"
        case .size: "a size"
        case .instant: "an instant"
        case .code: "a reply code"
        case .enhanced: "an enhanced code"
        case .tlsVersion: "a TLS version"
        case .address: "an address"
        case .domain: "a domain"
        case .ip: "an IP address"
        case .endpoint: "an endpoint"
        case .reply: "a reply"
        case .session: "a session"
        case .server: "a server"
        case .log: "a server's log"
        case .record(let box):
            switch box.content {
            case .capabilities: "capabilities"
            case .tls: "TLS values"
            case .certificate: "a certificate"
            case .key: "a key"
            case .pattern: "a pattern"
            }
        case .list, .range: "a list"
        case .map: "a record"
        case .secret: "a secret"
        }
    }
}
