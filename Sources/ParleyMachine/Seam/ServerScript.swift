public import ParleySemantics

/// A scripted server with its texts made: what `start` hands to the driver.
public struct ServerScript: Sendable {
    /// The checked server: rules and options.
    public var server: CheckedServer
    /// Its texts as octets, in the order of ``CheckedServer/texts``.
    public var texts: [[UInt8]]

    /// A server to start.
    public init(server: CheckedServer, texts: [[UInt8]]) {
        self.server = server
        self.texts = texts
    }

    /// Where it listens: `127.0.0.1:auto`.
    public var endpoint: String {
        String(decoding: texts[server.endpoint], as: UTF8.self)
    }
}
