public import ParleyDiagnostics

/// A scripted server, checked. Its texts are expressions over globals and the names in scope where
/// it is declared; they are made when the server is started, and the rules name them by index.
public struct CheckedServer: Sendable {
    /// Its name.
    public var name: String
    /// `smtp`, `smtps`, `lmtp`, `tcp`, `tls`.
    public var protocolName: String
    /// The text of the address it listens on; index into ``texts``.
    public var endpoint: Int
    /// What its settings say: certificate, name, users, pace.
    public var options: ServerOptions
    /// The texts of the rules; strings, or bytes for `raw`.
    public var texts: [CheckedExpression]
    /// The rules in order.
    public var rules: [CheckedServerRule]
    /// Where it stands.
    public var place: SourcePlace

    /// A scripted server.
    public init(
        name: String,
        protocolName: String,
        endpoint: Int,
        options: ServerOptions,
        texts: [CheckedExpression],
        rules: [CheckedServerRule],
        place: SourcePlace
    ) {
        self.name = name
        self.protocolName = protocolName
        self.endpoint = endpoint
        self.options = options
        self.texts = texts
        self.rules = rules
        self.place = place
    }
}
