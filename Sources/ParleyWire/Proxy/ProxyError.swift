/// Why a proxy did not lead to the server; never the server's own failure.
public struct ProxyError: Error, Hashable, Sendable {
    /// What went wrong.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// It wants other credentials, or some at all.
        case authentication
        /// Its rules forbid the connection, or it cannot serve us.
        case refused
        /// It tried and could not reach the server.
        case target
        /// It does not speak the protocol that was asked for.
        case malformed
        /// The credentials cannot be put into its protocol.
        case credentials
    }

    /// What went wrong.
    public var code: Code

    /// A clause for a report: `the SOCKS proxy forbids the connection by its rules (reply 2)`.
    public var detail: String

    /// An error of `code`.
    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}
