/// One of the registered forms of SCRAM: a hash, with channel binding or without.
public protocol ScramForm: Sendable {
    /// The hash that everything is made of.
    static var hash: ScramHash { get }

    /// Whether the proof covers the TLS connection: the `-PLUS` form.
    static var bindsChannel: Bool { get }
}
