public import ParleyNetwork
public import ParleyVerbs

/// Whose TLS is to be found out, and how it is reached.
public struct SurveyRequest: Sendable {
    /// The protocol: TLS by STARTTLS, or at once.
    public var spec: ProtocolSpec
    /// The peer.
    public var target: ConnectTarget
    /// What SNI asks for, if it is not the endpoint's host.
    public var name: String?

    /// A survey to make.
    public init(spec: ProtocolSpec, target: ConnectTarget, name: String?) {
        self.spec = spec
        self.target = target
        self.name = name
    }
}
