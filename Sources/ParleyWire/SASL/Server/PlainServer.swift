/// The server's side of PLAIN, RFC 4616: one message of three parts.
public struct PlainServer: SASLServerMechanism {
    private let context: SASLServerContext

    /// An exchange.
    public init(_ context: SASLServerContext) { self.context = context }

    /// Asks for the message if it did not come with the command.
    public mutating func start(_ initialResponse: [UInt8]?) -> SASLServerStep {
        initialResponse.map { next($0) } ?? .challenge([])
    }

    /// `authorization NUL user NUL password`
    public mutating func next(_ response: [UInt8]) -> SASLServerStep {
        let parts = response.split(separator: 0, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[1].isEmpty else {
            return .failure(SASLServerFailure(.malformed, "PLAIN has three parts"))
        }
        return context.judge(
            SASLCredentials(
                authorization: Array(parts[0]),
                user: Array(parts[1]),
                password: Array(parts[2])
            )
        )
    }
}
