/// The server's side of XOAUTH2, as Google and Microsoft describe it.
///
/// ```
/// C: AUTH XOAUTH2 dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5…AQE=
/// S: 334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIiwic2NvcGUiOi…
/// C:
/// S: 535 5.7.8 Authentication credentials invalid
/// ```
public struct XOAuth2Server: SASLServerMechanism {
    private let context: SASLServerContext

    /// An exchange.
    public init(_ context: SASLServerContext) { self.context = context }

    /// Asks for the token if it did not come with the command.
    public mutating func start(_ initialResponse: [UInt8]?) -> SASLServerStep {
        initialResponse.map { next($0) } ?? .challenge([])
    }

    /// `user=… ^A auth=Bearer … ^A ^A`
    public mutating func next(_ response: [UInt8]) -> SASLServerStep {
        let pairs = response.split(separator: 1, omittingEmptySubsequences: false)
        guard let user = pairs.first, user.starts(with: "user=".utf8),
            response.suffix(2) == [1, 1], let token = TokenMessage.token(in: pairs)
        else { return .failure(SASLServerFailure(.malformed, "XOAUTH2 has a user and a token")) }
        return TokenMessage(user: Array(user.dropFirst(5)), token: token)
            .judge(context, status: "401")
    }
}
