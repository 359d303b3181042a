/// A verb with its arguments, ready to be sent.
public struct VerbCall: Sendable {
    /// The verb's row.
    public var spec: VerbSpec

    /// The arguments in slot order; a slot that takes the rest fills several entries.
    public var arguments: [VerbArgument]

    /// The clauses given, by ``ClauseSpec/name``; a clause without an argument has an empty one.
    public var clauses: [String: VerbArgument]

    /// Whether the script's `=>` admits a refusal, so that the verb is sent although it was not
    /// offered or is out of turn.
    public var admitsRefusal: Bool

    /// Whether the script allows a secret on a connection that is not encrypted (`in clear`).
    public var allowsClear: Bool { clauses["in clear"] != nil }

    /// Whether the script sends the verb although the server did not offer it (`unoffered`).
    public var isUnoffered: Bool { clauses["unoffered"] != nil }

    /// A call of `spec`.
    public init(
        _ spec: VerbSpec,
        arguments: [VerbArgument] = [],
        clauses: [String: VerbArgument] = [:],
        admitsRefusal: Bool = false
    ) {
        self.spec = spec
        self.arguments = arguments
        self.clauses = clauses
        self.admitsRefusal = admitsRefusal
    }
}

/// One argument as the bytes that go out.
public struct VerbArgument: Hashable, Sendable {
    /// The slot it fills.
    public var slot: Int

    /// Its bytes, without the framing that the verb adds (brackets, CRLF, base64).
    public var bytes: [UInt8]

    /// Whether any of it derives from a secret.
    public var isSecret: Bool

    /// The parts that do, so that an echo of them is recognised.
    public var secrets: [[UInt8]]

    /// Whether it was inserted when the script ran, so that it is data and never syntax.
    public var isInserted = false

    /// An argument for a slot.
    public init(slot: Int, bytes: [UInt8], isSecret: Bool = false, secrets: [[UInt8]] = []) {
        self.slot = slot
        self.bytes = bytes
        self.isSecret = isSecret
        self.secrets = secrets
    }
}
