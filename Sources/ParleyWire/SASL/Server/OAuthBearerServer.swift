/// The server's side of OAUTHBEARER, RFC 7628.
public struct OAuthBearerServer: SASLServerMechanism {
    private let context: SASLServerContext

    /// An exchange.
    public init(_ context: SASLServerContext) { self.context = context }

    /// Asks for the token if it did not come with the command.
    public mutating func start(_ initialResponse: [UInt8]?) -> SASLServerStep {
        initialResponse.map { next($0) } ?? .challenge([])
    }

    /// `n,a=user, ^A auth=Bearer … ^A ^A`
    public mutating func next(_ response: [UInt8]) -> SASLServerStep {
        let pairs = response.split(separator: 1, omittingEmptySubsequences: false)
        let header = pairs.first?.split(separator: 0x2C, omittingEmptySubsequences: false) ?? []
        guard header.count == 3, header[2].isEmpty, header[0] == [0x6E] || header[0] == [0x79],
            response.suffix(2) == [1, 1], let token = TokenMessage.token(in: pairs),
            let user = header[1].isEmpty ? [] : saslName(decoding: header[1], after: "a=")
        else { return .failure(SASLServerFailure(.malformed, "OAUTHBEARER has a token")) }
        return TokenMessage(user: user, token: token).judge(context, status: "invalid_token")
    }
}
