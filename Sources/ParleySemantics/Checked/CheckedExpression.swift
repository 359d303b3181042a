public import ParleyDiagnostics
public import ParleyPatterns
public import ParleySyntax

/// An expression whose kind is known.
public struct CheckedExpression: Sendable {
    /// Where it stands; the values shown under a failed condition are placed by this.
    public var place: SourcePlace
    /// Where its value is shown: the operator of a binary expression, else the start.
    public var anchor: Int
    /// Its kind.
    public var kind: Kind
    /// What it is.
    public var form: Form

    /// An expression.
    public init(place: SourcePlace, anchor: Int? = nil, kind: Kind, form: Form) {
        self.place = place
        self.anchor = anchor ?? place.range.start
        self.kind = kind
        self.form = form
    }

    /// What an expression is.
    public indirect enum Form: Sendable {
        case constant(Constant)
        case variable(Variable)
        /// Text made of pieces. `isWord` text refuses CR, LF and NUL when it is made.
        case template([CheckedExpression], isWord: Bool)
        /// An attribute of a session: `tls`, `cert`, `banner`, `reply`, `capabilities` …
        case session(SessionSlot, SessionAttribute)
        /// The session itself, as a value with fields.
        case sessionValue(SessionSlot)
        case field(CheckedExpression, Field)
        /// `record["name"]`, `row.name` of CSV and JSON: an optional look-up.
        case lookup(CheckedExpression, CheckedExpression)
        case index(CheckedExpression, CheckedExpression)
        case call(Builtin, [CheckedExpression])
        case list([CheckedExpression])
        case unary(UnaryOperator, CheckedExpression)
        case binary(BinaryOperator, CheckedExpression, CheckedExpression)
        case matches(CheckedExpression, CheckedPattern)
        /// The group's text, an optional string. Group −1 is "1 if there is one, else 0".
        case capture(CheckedExpression, CheckedPattern, group: Int)
        case fallback(CheckedExpression, CheckedExpression)
        case offers(SessionSlot, capability: String, CheckedOffersTest)
        case covers(CheckedExpression, CheckedExpression)
        /// `grey.log count rcpt`
        case count(CheckedExpression, verb: String)
        /// A pattern as an argument of `split` or `replace`; of kind regex.
        case pattern(CheckedPattern)
        /// A value of one kind as another: what a word with one insertion needs for its slot.
        ///
        /// An `ip` as an `endpoint` gets brackets if it is IPv6, so that a port may follow.
        case conversion(CheckedExpression)
    }
}

/// What `offers CAP` asks beyond the capability being there.
public enum CheckedOffersTest: Sendable {
    case present
    case compares(BinaryOperator, CheckedExpression)
    /// A parameter `NAME=value` compares: `offers LIMITS RCPTMAX >= 100`.
    case states(String, BinaryOperator, CheckedExpression)
    case includes([String])
}

/// A pattern: compiled at check time if it has no insertion.
public struct CheckedPattern: Sendable {
    /// The compiled pattern, if it is constant.
    public var constant: Pattern?
    /// Else its source: a string expression whose insertions are quoted when it is made.
    public var pieces: [(text: CheckedExpression, isInserted: Bool)]
    /// Whether the flag `i` is given.
    public var isCaseInsensitive: Bool
    /// Where it stands.
    public var place: SourcePlace

    /// A pattern.
    public init(
        constant: Pattern?,
        pieces: [(text: CheckedExpression, isInserted: Bool)],
        isCaseInsensitive: Bool,
        place: SourcePlace
    ) {
        self.constant = constant
        self.pieces = pieces
        self.isCaseInsensitive = isCaseInsensitive
        self.place = place
    }
}

/// A value that is known before anything runs.
public enum Constant: Hashable, Sendable {
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)
    /// Octets that are not text: from `\xHH` above 7F.
    case bytes([UInt8])
    /// Nanoseconds.
    case duration(Int64)
    /// Octets.
    case size(Int64)
    case enhanced(statusClass: Int, subject: Int, detail: Int)
    case code(Int)
    /// Minor version counted from TLSv1.0 = 1.
    case tlsVersion(Int)
    case address(String)
    case domain(String)
    case ip(String)
    case endpoint(String)
    /// A range of codes or enhanced codes with `x`, for `==`.
    case enhancedPattern(EnhancedPattern)
}

/// An attribute of a session that an expression may name.
public enum SessionAttribute: String, CaseIterable, Sendable {
    case tls, cert, banner, reply, capabilities, peer, `protocol`, state, transcript
}

/// A field of a record kind. Which kinds have which fields is ``KindFields``.
public enum Field: String, CaseIterable, Sendable {
    // reply
    case code, enhanced, text, lines, raw, took, replies, recipient, status
    case responseCode = "response-code"
    // tls
    case version, cipher, group, sigalg, verified, problems, resumed, alpn, stapled
    // `cert dane-ok`; no kind lists it
    case dane
    // tls offers
    case versions, ciphers, suites, groups, order, connections
    // certificate
    case subject, issuer, names, starts, expires, remaining, serial, sha1, sha256, spki, key,
        signature,
        chain
    // key; `size` is of capabilities too
    case kind, size
    // capabilities
    case keywords, auth
    case deliverBy = "deliverby"
    case holdFor = "holdfor"
    case holdUntil = "holduntil"
    case priority = "mt-priority"
    case recipientLimit = "rcptmax"
    case mailLimit = "mailmax"
    case domainLimit = "rcptdomainmax"
    // session
    case peer, `protocol`, state, banner, transcript
    // server
    case address, host, port, log
    // log
    case verbs
    // list, string, bytes
    case count, first, last
    // run, probe
    case id, seed, name, sender
}

/// A built-in function. Signatures are in ``BuiltinSignatures``.
public enum Builtin: String, CaseIterable, Sendable {
    case now, uuid, random, range, lines, csv, json, read, base64, sha256, hmac, lower, upper, trim
    case split, join, replace, len, string, int, size, duration, ip, domain, address
    case seconds, xtext, unitext
    /// `run.id`, `run.seed`, `probe.name`, `probe.sender`: written as fields of a name space.
    case runID = "run.id"
    case runSeed = "run.seed"
    case probeName = "probe.name"
    case probeSender = "probe.sender"
}
