/// A parameter of a verb, written `KEYWORD` or `KEYWORD=value`: a row of an extension's table.
///
/// What stands in no table passes as written (RFC 5321 §4.1.1.11).
public struct ParameterSpec: Sendable {
    /// The keyword in upper case: `RET`.
    public let name: String

    /// What stands behind the `=`.
    public let value: ParameterValue

    /// The extension that must have been advertised: `DSN`.
    public let requires: String?

    /// Values, in upper case, that need an extension of their own instead: BODY's `BINARYMIME`.
    public let requiresForValue: [String: String]

    /// Whether it may be used under TLS only.
    public let needsTLS: Bool

    /// Another parameter that must not stand beside it: `HOLDUNTIL`.
    public let excludes: String?

    /// One line for people, without a full stop.
    public let help: String

    /// Where it is defined: `RFC 3461 §4.3`.
    public let reference: String

    /// A parameter.
    public init(
        _ name: String,
        _ value: ParameterValue,
        requires: String? = nil,
        requiresForValue: [String: String] = [:],
        needsTLS: Bool = false,
        excludes: String? = nil,
        help: String,
        reference: String
    ) {
        self.name = name
        self.value = value
        self.requires = requires
        self.requiresForValue = requiresForValue
        self.needsTLS = needsTLS
        self.excludes = excludes
        self.help = help
        self.reference = reference
    }

    /// How it is written: `RET=FULL|HDRS`.
    public var usage: String {
        value == .none ? name : "\(name)=\(value.usage)"
    }

    /// The value as it goes out: an IPv6 address gets the prefix `IPV6:`.
    public func spelled(_ value: String) -> String {
        guard case .ip = self.value, problem(with: value) != nil else { return value }
        let prefixed = "IPV6:\(value)"
        return problem(with: prefixed) == nil ? prefixed : value
    }

    /// What is wrong with a value; `nil` if nothing is.
    ///
    /// - Parameter value: what stands behind the `=`, which may be nothing; `nil` without `=`.
    public func problem(with value: String?) -> ParameterProblem? {
        if self.value == .none {
            guard value != nil else { return nil }
            return ParameterProblem("\(name) takes no value", "write \(name)")
        }
        guard let value, !value.isEmpty else {
            return ParameterProblem("\(name) lacks its value", "write \(usage)")
        }
        guard var problem = self.value.problem(with: value) else { return nil }
        problem.message = "\(name): \(problem.message)"
        problem.help = problem.help ?? "write \(usage)"
        return problem
    }
}

/// What is wrong with a parameter's value.
public struct ParameterProblem: Hashable, Sendable {
    /// What is wrong: `RET: ‘HEADERS’ is none of: FULL HDRS`.
    public var message: String

    /// What to write instead.
    public var help: String?

    /// A wrong word, for "did you mean".
    public var wrong: String?

    /// The words that are allowed in its place.
    public var allowed: [String]

    /// A problem.
    public init(
        _ message: String,
        _ help: String? = nil,
        wrong: String? = nil,
        allowed: [String] = []
    ) {
        self.message = message
        self.help = help
        self.wrong = wrong
        self.allowed = allowed
    }
}

/// A parameter as it is written, taken apart.
public struct ParameterText: Hashable, Sendable {
    /// The keyword in upper case.
    public let name: String

    /// What stands behind the first `=`; `nil` if there is none.
    public let value: String?

    /// `KEYWORD` or `KEYWORD=value`.
    public init(_ bytes: some Collection<UInt8>) {
        guard let equals = bytes.firstIndex(of: 0x3D) else {
            name = String(decoding: bytes, as: UTF8.self).asciiUppercased
            value = nil
            return
        }
        name = String(decoding: bytes[..<equals], as: UTF8.self).asciiUppercased
        value = String(decoding: bytes[bytes.index(after: equals)...], as: UTF8.self)
    }
}

extension VerbSpec {
    /// The parameter of that keyword, whatever its case.
    public func parameter(_ name: String) -> ParameterSpec? {
        guard !parameters.isEmpty else { return nil }
        let name = name.asciiUppercased
        return parameters.first { $0.name == name }
    }
}
