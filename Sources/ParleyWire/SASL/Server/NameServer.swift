/// The server's side of EXTERNAL (RFC 4422 appendix A) and ANONYMOUS (RFC 4505): a name, or
/// nothing, that the script judges.
public struct NameServer: SASLServerMechanism {
    /// An exchange.
    public init() {}

    /// Asks for the name if it did not come with the command.
    public mutating func start(_ initialResponse: [UInt8]?) -> SASLServerStep {
        initialResponse.map { next($0) } ?? .challenge([])
    }

    /// The name as whom to act, or a trace of who came.
    public mutating func next(_ response: [UInt8]) -> SASLServerStep {
        .success(SASLCredentials(user: response, password: []), data: nil)
    }
}
