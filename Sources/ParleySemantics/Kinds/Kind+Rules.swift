extension Kind {
    /// The kind without its secrecy.
    public var plain: Kind {
        if case .secret(let kind) = self { kind } else { self }
    }

    /// Whether values of this kind derive from a secret.
    public var isSecret: Bool {
        if case .secret = self { true } else { false }
    }

    /// The kind, secret if `condition` holds.
    func secret(if condition: Bool) -> Kind {
        guard condition, !isSecret, self != .unknown else { return self }
        return .secret(self)
    }

    /// The kind of the value if there is one; `nil` for kinds that always have a value.
    var wrapped: Kind? {
        if case .optional(let kind) = plain { kind } else { nil }
    }

    /// Whether one value is text or becomes text without loss when it is inserted into a word.
    var isInsertable: Bool {
        switch plain {
        case .bool, .int, .float, .string, .bytes, .duration, .size, .instant, .code, .enhanced,
            .address, .domain, .ip, .endpoint, .tlsVersion, .unknown:
            true
        default:
            false
        }
    }

    /// Whether the value is a text with a grammar of its own, which compares as text.
    var isTextual: Bool {
        switch plain {
        case .address, .domain, .ip, .endpoint: true
        default: false
        }
    }

    /// Whether it is a plain number.
    var isNumber: Bool {
        switch plain {
        case .int, .float, .code: true
        default: false
        }
    }

    /// What a `for` or `cases` binds when it goes through a value of this kind.
    var element: Kind? {
        switch plain {
        case .list(let element): element.secret(if: isSecret)
        case .unknown: .unknown
        default: nil
        }
    }

    /// Whether a value of this kind may stand where `expected` is demanded, without conversion.
    func fits(_ expected: Kind) -> Bool {
        switch (plain, expected.plain) {
        case (.unknown, _), (_, .unknown): true
        case (.list(let left), .list(let right)), (.map(let left), .map(let right)):
            left.fits(right)
        case (.optional(let left), .optional(let right)): left.fits(right)
        case (let left, .optional(let right)): left.fits(right)
        case (.int, .float), (.code, .int): true
        case (let left, let right): left == right
        }
    }
}
