/// Why a connection could not be made, or ended.
public struct TransportError: Error, Hashable, Sendable {
    /// What went wrong, in the vocabulary of the `net.`, `dns.` and `local.` reasons.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Nobody listens (`ECONNREFUSED`).
        case refused
        /// No route, or an ICMP unreachable (`ENETUNREACH`, `EHOSTUNREACH`).
        case unreachable
        /// The kernel gave up (`ETIMEDOUT`).
        case timeout
        /// The peer reset the connection (`ECONNRESET`, `EPIPE`).
        case reset
        /// The name does not exist.
        case nameNotFound
        /// The name exists and has no address.
        case nameHasNoAddress
        /// The resolver failed or did not answer.
        case resolverFailed
        /// This machine refuses: no permission, no own route, no address of that family.
        case local
        /// The source address is none of this machine's (`EADDRNOTAVAIL`).
        case sourceUnavailable
        /// The source port is taken (`EADDRINUSE`).
        case sourceInUse
        /// The user may not open that unix socket, or bind that port (`EACCES`).
        case permission
        /// This machine has no file descriptors or buffers left.
        case resources
    }

    /// What went wrong.
    public var code: Code

    /// The system's own words, for the details of a report: `connect: Connection refused (111)`.
    public var detail: String

    /// Every address that was tried, in order, where there were several.
    public var attempts: [ConnectAttempt]

    /// An error of `code` with the system's words.
    public init(_ code: Code, _ detail: String, attempts: [ConnectAttempt] = []) {
        self.code = code
        self.detail = detail
        self.attempts = attempts
    }
}
