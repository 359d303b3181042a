/// What a server's side of SASL has to know.
public struct SASLServerContext: Sendable {
    /// What the server calls itself, for challenges that name it; the realm of DIGEST-MD5.
    public var host: String

    /// The service's name in the registry of GSSAPI, which DIGEST-MD5 proves.
    public var service = "smtp"

    /// Passwords and tokens by user. `nil` lets mechanisms that send the password accept whatever
    /// comes, so that the script judges it; those that only prove it then refuse everybody.
    public var accounts: [[UInt8]: [UInt8]]?

    /// The password of everybody, where ``accounts`` has none: that of recordings.
    public var commonPassword: [UInt8]?

    /// The iterations of SCRAM that the server says, whatever number that is.
    public var iterations: Int

    /// The salt of SCRAM, for all users.
    public var salt: [UInt8]

    /// What the server's end of the TLS connection is bound by; empty without TLS.
    public var bindings: [ChannelBinding]

    /// Whether the server offered a `-PLUS` mechanism: a client that says it saw none (`y`) was
    /// shown something else by whoever sits in between (RFC 5802 §6).
    public var offersChannelBinding: Bool

    /// Makes a nonce for one exchange: printable ASCII without comma and quotes.
    public var makeNonce: @Sendable () -> [UInt8]

    /// What the server does wrong on purpose.
    public var faults: Set<SASLServerFault>

    /// A context.
    public init(
        host: String = "mx.test",
        accounts: [[UInt8]: [UInt8]]? = nil,
        iterations: Int = 4096,
        salt: [UInt8] = Array("parley-salt-0001".utf8),
        bindings: [ChannelBinding] = [],
        offersChannelBinding: Bool = false,
        makeNonce: @escaping @Sendable () -> [UInt8] = { SASLContext.randomNonce() },
        faults: Set<SASLServerFault> = []
    ) {
        self.host = host
        self.accounts = accounts
        self.iterations = iterations
        self.salt = salt
        self.bindings = bindings
        self.offersChannelBinding = offersChannelBinding
        self.makeNonce = makeNonce
        self.faults = faults
    }

    /// The password of a user, for mechanisms that only prove it.
    func password(of user: [UInt8]) -> [UInt8]? { accounts?[user] ?? commonPassword }

    /// Judges a password that came as it is.
    func judge(_ credentials: SASLCredentials) -> SASLServerStep {
        guard let accounts, !faults.contains(.acceptAnybody),
            accounts[credentials.user] != credentials.password
        else { return .success(credentials, data: nil) }
        return .failure(SASLServerFailure(.credentials, "the user or the password is wrong"))
    }
}
