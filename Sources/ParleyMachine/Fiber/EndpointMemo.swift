import ParleyNetwork

/// The endpoint read last, because the branches of a loop mostly connect to the same one.
///
/// Unchecked, because all fibers of a test run on one loop.
final class EndpointMemo: @unchecked Sendable {
    private var text = ""
    private var defaultPort: UInt16?
    private var endpoint: Endpoint?

    /// Parses `text`, or remembers what it was.
    func parse(_ text: String, defaultPort: UInt16?) throws(EndpointSyntaxError) -> Endpoint {
        if let endpoint, text == self.text, defaultPort == self.defaultPort { return endpoint }
        let parsed = try Endpoint(parsing: text, defaultPort: defaultPort)
        self.text = text
        self.defaultPort = defaultPort
        endpoint = parsed
        return parsed
    }
}
