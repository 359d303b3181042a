/// How `connect` gets to its server: the clauses `over`, `via` and `proxy`.
public struct CheckedRoute: Sendable {
    /// `over ipv4|ipv6`.
    public var family: String?
    /// `via socks5://HOST:PORT` or `via http://HOST:PORT`: text.
    public var proxy: CheckedExpression?
    /// `user U`, of the proxy behind `via`.
    public var user: CheckedExpression?
    /// `password P`, of the proxy behind `via`.
    public var password: CheckedExpression?
    /// `in clear`: the password may go to a proxy that is not on loopback.
    public var allowsClear = false
    /// `proxy v1|v2`: the header of the PROXY protocol.
    public var header: CheckedProxyHeader?

    /// The direct way.
    public init() {}
}

/// The clause `proxy` and what belongs to it.
public struct CheckedProxyHeader: Sendable {
    /// `v1` or `v2`.
    public var version: String
    /// `unknown`: nobody's connection.
    public var isUnknown = false
    /// `local`: the proxy's own connection.
    public var isLocal = false
    /// `client IP:PORT`; the connection's own address where it is missing.
    public var client: CheckedExpression?
    /// `server IP:PORT`; the connection's peer where it is missing.
    public var server: CheckedExpression?
    /// `authority NAME`.
    public var authority: CheckedExpression?

    /// A header of a version.
    public init(version: String) {
        self.version = version
    }
}
