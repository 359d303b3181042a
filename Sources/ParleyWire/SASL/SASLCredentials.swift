/// Who logs in, and with what.
public struct SASLCredentials: Hashable, Sendable {
    /// The name as whom to act (authorization identity); empty for the user.
    public var authorization: [UInt8]

    /// The name of the user (authentication identity).
    public var user: [UInt8]

    /// The password.
    public var password: [UInt8]

    /// Whether the user's name is a secret too.
    public var isUserSecret: Bool

    /// Credentials.
    public init(
        authorization: [UInt8] = [],
        user: [UInt8],
        password: [UInt8],
        isUserSecret: Bool = false
    ) {
        self.authorization = authorization
        self.user = user
        self.password = password
        self.isUserSecret = isUserSecret
    }
}
