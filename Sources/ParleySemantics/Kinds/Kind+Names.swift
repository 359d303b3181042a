extension Kind {
    /// The kind's name as scripts and messages write it.
    public var name: String {
        switch self {
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .string: "string"
        case .bytes: "bytes"
        case .regex: "regex"
        case .duration: "duration"
        case .size: "size"
        case .instant: "instant"
        case .code: "code"
        case .enhanced: "enhanced"
        case .address: "address"
        case .domain: "domain"
        case .ip: "ip"
        case .endpoint: "endpoint"
        case .tlsVersion: "TLS version"
        case .reply: "reply"
        case .capabilities: "capabilities"
        case .tls: "tls"
        case .offers: "tls offers"
        case .certificate: "certificate"
        case .key: "key"
        case .session: "session"
        case .server: "server"
        case .log: "log"
        case .record: "record"
        case .list(let element): element == .unknown ? "list" : "list of \(element.name)"
        case .map(let value): "map of \(value.name)"
        case .optional(let kind): kind == .unknown ? "none" : "optional \(kind.name)"
        case .secret(let kind): "secret \(kind.name)"
        case .namespace(let name): name
        case .unknown: "unknown"
        }
    }

    /// Kinds whose constants can be written as a word, by name: what `param NAME: KIND` takes.
    public static let writable: [(name: String, kind: Kind)] = [
        ("bool", .bool), ("int", .int), ("float", .float), ("string", .string), ("bytes", .bytes),
        ("duration", .duration), ("size", .size), ("code", .code), ("enhanced", .enhanced),
        ("address", .address), ("domain", .domain), ("ip", .ip), ("endpoint", .endpoint),
    ]

    /// Kinds that a parameter of a dialogue may have besides.
    static let passable: [(name: String, kind: Kind)] =
        writable + [
            ("instant", .instant), ("reply", .reply), ("capabilities", .capabilities),
            ("tls", .tls), ("cert", .certificate), ("session", .session), ("server", .server),
            ("list", .list(.unknown)), ("map", .map(.unknown)), ("record", .record),
        ]
}
