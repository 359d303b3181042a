/// The server's side of what XOAUTH2 and OAUTHBEARER have in common: key–value pairs that end with
/// a Control-A, and a refusal that says why as JSON first.
struct TokenMessage {
    /// The user's name; empty if none was said.
    var user: [UInt8]
    /// The token without `Bearer`.
    var token: [UInt8]

    /// Takes `auth=Bearer …` out of pairs that are parted by Control-A.
    static func token(in pairs: [ArraySlice<UInt8>]) -> [UInt8]? {
        let scheme = Array("auth=Bearer ".utf8)
        guard let pair = pairs.first(where: { $0.starts(with: scheme) }) else { return nil }
        return Array(pair.dropFirst(scheme.count))
    }

    /// Judges the token; a refusal says `status`.
    func judge(_ context: SASLServerContext, status: String) -> SASLServerStep {
        switch context.judge(SASLCredentials(user: user, password: token)) {
        case .failure(var failure):
            failure.reason = "the token is wrong"
            failure.data = Array(
                #"{"status":"\#(status)","schemes":"bearer","scope":"https://\#(context.host)/"}"#
                    .utf8
            )
            return .failure(failure)
        case let step:
            return step
        }
    }
}
