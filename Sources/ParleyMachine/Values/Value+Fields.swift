import ParleySemantics
import ParleyTLS
import ParleyWire

extension Value {
    /// A field of a record, a list's or a text's count.
    ///
    /// - Parameter wallClock: now, in nanoseconds since 1970: what `remaining` counts from.
    func field(_ field: Field, wallClock: Int64) throws(ScriptError) -> Value {
        switch self {
        case .secret(let box):
            return try box.value.field(field, wallClock: wallClock).asSecret
        case .reply(let record):
            if field == .code, record.reply.status != nil {
                throw .value(
                    "a reply of IMAP has a word in the place of a code; write ‘.status’, or "
                        + "‘.response-code’ for what stands in brackets"
                )
            }
            if let value = record.field(field) { return value }
        case .record(let box):
            if field == .dane, case .tls(let tls) = box.content, tls.isDANE == nil {
                throw .session(
                    "‘cert dane-ok’ is not known: no ‘tlsa’ clause gave records to judge by"
                )
            }
            if let value = box.field(field, wallClock: wallClock) { return value }
        case .list(let items): if let value = Value.field(field, of: items) { return value }
        case .range(let lower, let upper):
            switch field {
            case .count: return .int(max(0, upper - lower))
            case .first: return upper > lower ? .int(lower) : .none
            case .last: return upper > lower ? .int(upper - 1) : .none
            default: break
            }
        case .map(let map):
            if field == .count { return .int(map.entries.count) }
            return map[field.rawValue] ?? .none
        case .server(let server):
            switch field {
            case .address: return .endpoint(server.address)
            case .host: return .ip(Value.host(of: server.address))
            case .port: return .int(Value.port(of: server.address) ?? 0)
            case .log: return .log(server)
            case .name: return .string(server.name)
            default: break
            }
        case .log(let server):
            switch field {
            case .lines: return .list(server.lines.map(Value.string))
            case .count: return .int(server.lines.count)
            case .text: return .string(server.lines.joined(separator: "\n"))
            case .verbs: return .list(server.verbs.map(Value.string))
            case .last: return .string(server.last)
            case .connections: return .list(server.connections.map(Value.log))
            default: break
            }
        case .session(let session): if let value = Value.field(field, of: session) { return value }
        case .bytes(let bytes): if field == .count { return .int(bytes.count) }
        case .endpoint(let text):
            switch field {
            case .host: return .string(Value.host(of: text))
            case .port: return Value.port(of: text).map(Value.int) ?? .none
            default: break
            }
        case .address(let text):
            switch field {
            case .host:
                return .domain(
                    String(text[text.index(after: text.lastIndex(of: "@") ?? text.startIndex)...])
                )
            default: break
            }
        case .none: throw .value("there is no value to take ‘\(field.rawValue)’ from")
        case .unset: throw .unbound("the name")
        default: break
        }
        if isTextual, field == .count { return .int(try text().utf8.count) }
        throw .value("\(kindName) has no ‘\(field.rawValue)’")
    }

    private static func field(_ field: Field, of items: [Value]) -> Value? {
        switch field {
        case .count: .int(items.count)
        case .first: items.first ?? Value.none
        case .last: items.last ?? Value.none
        default: nil
        }
    }

    private static func field(_ field: Field, of session: any SessionHandle) -> Value? {
        switch field {
        case .peer: .string(session.peer)
        case .protocol: .string(session.protocolName)
        case .state: .string(session.state)
        case .banner:
            session.banner.map { .string($0.text) } ?? Value.none
        case .transcript: .string(session.transcript)
        default: nil
        }
    }

    /// The host of `HOST[:PORT]`, without the brackets of an IPv6 address.
    static func host(of endpoint: String) -> String {
        var host = Substring(endpoint)
        if let colon = portColon(of: endpoint) { host = endpoint[..<colon] }
        return host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : String(host)
    }

    /// The port of `HOST[:PORT]`; `nil` if none is written.
    static func port(of endpoint: String) -> Int? {
        portColon(of: endpoint).flatMap { Int(endpoint[endpoint.index(after: $0)...]) }
    }

    private static func portColon(of endpoint: String) -> String.Index? {
        guard !endpoint.hasPrefix("unix:"), let colon = endpoint.lastIndex(of: ":"),
            !endpoint[colon...].contains("]")
        else { return nil }
        return colon
    }
}

extension ReplyRecord {
    func field(_ field: Field) -> Value? {
        switch field {
        case .code: .code(reply.code)
        case .status: .string(reply.verdict)
        case .responseCode: reply.responseCode.map(Value.string) ?? Value.none
        case .enhanced: reply.enhanced.map { .enhanced(StatusCode($0)) } ?? Value.none
        case .text: .string(reply.text)
        case .lines: .list(reply.lines.map(Value.string))
        case .raw: .bytes(reply.raw)
        case .took: .duration(took)
        case .count: .int(reply.lineCount)
        case .recipient:
            recipient.map { .string(String(decoding: $0, as: UTF8.self)) } ?? Value.none
        case .replies:
            .list(
                reply.replies.map {
                    .reply(ReplyRecord($0.reply, took: took, recipient: $0.recipient))
                }
            )
        default: nil
        }
    }
}

extension RecordBox {
    func field(_ field: Field, wallClock: Int64) -> Value? {
        switch content {
        case .capabilities(let capabilities): capabilities.value(field)
        case .tls(let tls): Self.field(field, of: tls)
        case .certificate(let certificate, let chain):
            if field == .key {
                .record(RecordBox(.key(certificate)))
            } else if field == .chain {
                .list(
                    chain.indices.map {
                        .record(RecordBox(.certificate(chain[$0], chain: Array(chain[$0...]))))
                    }
                )
            } else {
                Self.field(field, of: certificate, wallClock: wallClock)
            }
        case .key(let certificate):
            switch field {
            case .kind: .string(certificate.publicKeyKind)
            case .size: .int(certificate.publicKeyBits)
            default: nil
            }
        case .pattern: nil
        }
    }

    private static func field(_ field: Field, of tls: TLSSummary) -> Value? {
        switch field {
        case .version: .tlsVersion(TLSVersion(tls.version).map { Int($0.number & 0xFF) } ?? 0)
        case .cipher: .string(tls.cipher)
        case .group: tls.group.map(Value.string) ?? Value.none
        case .sigalg: tls.signatureAlgorithm.map(Value.string) ?? Value.none
        case .dane: tls.isDANE.map(Value.bool)
        case .verified: .bool(tls.verified)
        case .problems: .list(tls.problems.map { .string($0.name) })
        case .resumed: .bool(tls.resumed)
        case .alpn: tls.alpn.map(Value.string) ?? Value.none
        case .stapled: .bool(tls.stapled)
        default: nil
        }
    }

    private static func field(
        _ field: Field,
        of certificate: Certificate,
        wallClock: Int64
    ) -> Value? {
        switch field {
        case .subject: .string(certificate.subject)
        case .issuer: .string(certificate.issuer)
        case .names: .list(certificate.names.map(Value.string))
        case .starts: .instant(nanoseconds(certificate.notBefore))
        case .expires: .instant(nanoseconds(certificate.notAfter))
        case .remaining:
            .duration(nanoseconds(certificate.notAfter).subtractingReportingOverflow(wallClock).0)
        case .serial: .string(certificate.serial)
        case .sha256: .string(certificate.sha256)
        case .sha1: .string(certificate.sha1)
        case .spki: .string(certificate.publicKeyPin)
        case .signature: .string(certificate.signatureAlgorithm)
        default: nil
        }
    }

    /// Clamped: certificates may claim to be valid for thousands of years.
    private static func nanoseconds(_ seconds: Int64) -> Int64 {
        min(max(seconds, -9_000_000_000), 9_000_000_000) * 1_000_000_000
    }
}
