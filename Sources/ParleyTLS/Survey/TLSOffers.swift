/// What a server speaks, as a ``TLSSurvey`` found it.
public struct TLSOffers: Hashable, Sendable {
    /// What it speaks of one version.
    public struct Version: Hashable, Sendable {
        /// The usual spelling: `TLSv1.2`.
        public var name: String
        /// The number on the wire: 0x0303.
        public var number: UInt16
        /// The suites by OpenSSL's names; the server's order if it has one.
        public var ciphers: [String]
        /// `server` or `client`: whose order decides; `nil` with one suite only.
        public var order: String?
    }

    /// The versions it speaks, the newest first.
    public var versions: [Version] = []
    /// The groups of the key exchange, in the order in which it chose them.
    public var groups: [String] = []
    /// How many connections that took.
    public var connections = 0

    /// Every suite once, in order.
    public var ciphers: [String] {
        var seen: Set<String> = []
        return versions.flatMap(\.ciphers).filter { seen.insert($0).inserted }
    }

    /// Whose order decides: that of the newest version that has two suites; `none` if there is
    /// none.
    public var order: String {
        versions.lazy.compactMap(\.order).first ?? "none"
    }
}
