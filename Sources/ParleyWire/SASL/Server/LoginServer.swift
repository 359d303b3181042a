/// The server's side of LOGIN: it asks for the name, then for the password.
public struct LoginServer: SASLServerMechanism {
    private let context: SASLServerContext
    private var user: [UInt8]?

    /// An exchange.
    public init(_ context: SASLServerContext) { self.context = context }

    /// Asks for the name if it did not come with the command.
    public mutating func start(_ initialResponse: [UInt8]?) -> SASLServerStep {
        initialResponse.map { next($0) } ?? .challenge(Array("Username:".utf8))
    }

    /// The name, then the password.
    public mutating func next(_ response: [UInt8]) -> SASLServerStep {
        guard let user else {
            user = response
            return .challenge(Array("Password:".utf8))
        }
        return context.judge(SASLCredentials(user: user, password: response))
    }
}
