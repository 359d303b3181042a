public import ParleySemantics

/// How long the phases of a conversation may take, in nanoseconds.
public struct PhaseLimits: Sendable {
    /// Looking up a name.
    public var dns: Int64 = 10_000_000_000
    /// Connecting.
    public var connect: Int64 = 10_000_000_000
    /// How long one address of a name is tried before the next is tried beside it (RFC 8305 §5).
    public var attempt: Int64 = 250_000_000
    /// The TLS handshake.
    public var tls: Int64 = 10_000_000_000
    /// The greeting; servers delay it on purpose.
    public var greeting: Int64 = 30_000_000_000
    /// The reply to a verb that has no limit of its own.
    public var reply: Int64 = 30_000_000_000
    /// The reply to a message that was sent line by line.
    public var body: Int64 = 60_000_000_000
    /// Replies by verb.
    public var replies: [String: Int64] = ["bdat": 60_000_000_000, "deliver": 60_000_000_000]
    /// The farewell.
    public var close: Int64 = 1_000_000_000
    /// `finally` of a fiber that is cancelled.
    public var finally: Int64 = 5_000_000_000
    /// A test that says no limit of its own.
    public var test: Int64 = 120_000_000_000
    /// From one round of `eventually` to the next where the script does not say.
    public var round: Int64 = 1_000_000_000

    /// The names of the limits that the script has set.
    private var set: Set<String> = []

    /// The defaults.
    public init() {}

    /// The defaults, and what a script sets.
    public init(_ limits: CheckedLimits) {
        func take(_ value: Int64?, _ name: String, _ limit: inout Int64) {
            guard let value else { return }
            limit = value
            set.insert(name)
        }
        take(limits.dns, "dns", &dns)
        take(limits.connect, "connect", &connect)
        take(limits.attempt, "attempt", &attempt)
        take(limits.tls, "tls", &tls)
        take(limits.greeting, "greeting", &greeting)
        take(limits.replies["reply"], "reply", &reply)
        if let reply = limits.replies["reply"] { (replies, body) = ([:], reply) }
        take(limits.replies["body"], "body", &body)
        for (verb, limit) in limits.replies where verb != "reply" {
            replies[verb] = limit
            set.insert(verb)
        }
        if let body = limits.replies["body"] {
            for verb in ["bdat", "deliver"] where limits.replies[verb] == nil {
                replies[verb] = body
            }
        }
        take(limits.close, "close", &close)
        take(limits.test, "test", &test)
    }

    /// The limit of a verb's reply.
    func reply(to verb: String) -> Int64 {
        replies.isEmpty ? reply : replies[verb] ?? reply
    }

    /// The limit of a stage where the statement has none of its own.
    func phase(ofStage stage: String) -> (length: Int64, what: String, origin: String) {
        switch stage {
        case "connect": (connect, "connecting", origin(of: "connect"))
        case "TLS handshake": (tls, "TLS handshakes", origin(of: "tls"))
        case "banner": (greeting, "greetings", origin(of: "greeting"))
        default: (reply, "replies", origin(of: "reply"))
        }
    }

    /// The limit of the reply to a message.
    var bodyPhase: (length: Int64, what: String, origin: String) {
        (body, "the reply to a message", origin(of: set.contains("body") ? "body" : "reply"))
    }

    /// Who set a limit: `set by the script`, `default`.
    func origin(of name: String) -> String {
        set.contains(name) ? "set by the script" : "default"
    }
}
