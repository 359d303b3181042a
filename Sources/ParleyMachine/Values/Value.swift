import ParleySyntax
public import ParleyWire

/// A value of the running script. Small ones are stored in place; copying never copies contents.
public enum Value: Sendable {
    /// A register that nothing was put into: a name that is not bound yet.
    case unset
    /// No value of an optional.
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    case bytes([UInt8])
    /// Nanoseconds, signed.
    case duration(Int64)
    /// Octets.
    case size(Int64)
    /// Nanoseconds since 1970.
    case instant(Int64)
    /// A reply code, 100–599.
    case code(Int)
    case enhanced(StatusCode)
    /// A minor version counted from TLSv1.0 = 1.
    case tlsVersion(Int)
    case address(String)
    case domain(String)
    case ip(String)
    case endpoint(String)
    case reply(ReplyRecord)
    case session(any SessionHandle)
    case server(any ServerHandle)
    case log(any ServerHandle)
    /// What EHLO advertised, TLS values, certificates, patterns.
    case record(RecordBox)
    case list([Value])
    /// Names to values, in order.
    case map(MapBox)
    /// The numbers from `lower` up to and without `upper`, made one by one.
    case range(lower: Int, upper: Int)
    /// A value that must never be shown.
    case secret(SecretBox)
}

/// Three numbers of an enhanced status code (RFC 3463); −1 stands for an `x`.
public struct StatusCode: Hashable, Sendable {
    /// 2, 4 or 5.
    public var severity: Int32
    /// The subject; −1 for any.
    public var subject: Int32
    /// The detail; −1 for any.
    public var detail: Int32

    /// An enhanced status code.
    public init(_ severity: Int, _ subject: Int, _ detail: Int) {
        self.severity = Int32(truncatingIfNeeded: severity)
        self.subject = Int32(truncatingIfNeeded: subject)
        self.detail = Int32(truncatingIfNeeded: detail)
    }

    init(_ status: EnhancedStatus) {
        self.init(status.severity, status.subject, status.detail)
    }

    init(_ pattern: EnhancedPattern) {
        self.init(pattern.statusClass, pattern.subject ?? -1, pattern.detail ?? -1)
    }

    /// Whether both are the same where neither says `x`.
    func fits(_ other: StatusCode) -> Bool {
        severity == other.severity
            && (subject == other.subject || subject < 0 || other.subject < 0)
            && (detail == other.detail || detail < 0 || other.detail < 0)
    }

    var text: String {
        "\(severity).\(subject < 0 ? "x" : "\(subject)").\(detail < 0 ? "x" : "\(detail)")"
    }
}

/// A reply and how long it took.
public final class ReplyRecord: Sendable {
    /// The reply.
    public let reply: Reply
    /// Nanoseconds from the verb's last octet to the reply's last.
    public let took: Int64
    /// Whom it is about, where a message is answered for each recipient; without brackets.
    public let recipient: [UInt8]?

    /// A reply with its time.
    public init(_ reply: Reply, took: Int64, recipient: [UInt8]? = nil) {
        self.reply = reply
        self.took = took
        self.recipient = recipient
    }
}

/// Names to values, in the order in which they were written.
public final class MapBox: Sendable {
    /// The names with their values.
    public let entries: [(name: String, value: Value)]
    /// The position of each name; the last one wins, as in JSON.
    private let positions: [String: Int]

    /// Names with values.
    public init(_ entries: [(name: String, value: Value)]) {
        self.entries = entries
        positions = Dictionary(
            entries.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { $1 }
        )
    }

    /// The value of a name.
    public subscript(name: String) -> Value? {
        positions[name].map { entries[$0].value }
    }
}

/// What is never shown.
public final class SecretBox: Sendable {
    /// The value itself; never a secret again.
    let value: Value
    /// Where only parts of a text are secret: those parts, so that an echo of them is recognised.
    let parts: [[UInt8]]

    init(_ value: Value, parts: [[UInt8]] = []) {
        self.value = value
        self.parts = parts
    }
}

extension Value {
    /// The value as a secret.
    public var asSecret: Value {
        switch self {
        case .secret, .none, .unset: self
        default: .secret(SecretBox(self))
        }
    }

    /// The octets of it that are secret, in pieces; none of a value that is not.
    var secretParts: [[UInt8]] {
        switch self {
        case .secret(let box):
            box.parts.isEmpty ? [(try? box.value.octets()) ?? []] : box.parts
        case .list(let items): items.flatMap(\.secretParts)
        default: []
        }
    }

    /// The value behind a secret, or the value itself.
    var bare: Value {
        if case .secret(let box) = self { box.value } else { self }
    }

    /// Whether the value must never be shown.
    public var isSecret: Bool {
        switch self {
        case .secret: true
        case .list(let items): items.contains(where: \.isSecret)
        default: false
        }
    }

    var isNone: Bool {
        if case .none = self { true } else { false }
    }

    var isUnset: Bool {
        if case .unset = self { true } else { false }
    }
}
