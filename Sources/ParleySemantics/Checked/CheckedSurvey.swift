public import ParleyVerbs

/// `tls offers HOST[:PORT] [smtp|smtps] [name HOST] [within D] [as NAME]`
public struct CheckedSurvey: Sendable {
    /// How TLS is reached: `smtp` by STARTTLS, `smtps` at once.
    public var spec: ProtocolSpec
    /// The peer.
    public var endpoint: CheckedExpression
    /// `name HOST`: what SNI asks for.
    public var name: CheckedExpression?
    /// The statement's own limit, over all connections.
    public var within: CheckedExpression?
    /// What the values are bound to.
    public var binding: Variable?
}
