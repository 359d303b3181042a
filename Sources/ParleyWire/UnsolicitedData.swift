/// What a server told although nobody had asked, in a protocol that lets it do so at any time
/// (RFC 9051 §7).
public struct UnsolicitedData: Hashable, Sendable {
    /// The octets as they came.
    public let bytes: [UInt8]

    /// The reply if it says that the server closes the session: BYE.
    public let farewell: Reply?
}
