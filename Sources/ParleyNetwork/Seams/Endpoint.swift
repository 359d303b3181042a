/// The far or the near end of a connection.
public enum Endpoint: Hashable, Sendable {
    /// An address and a port.
    case address(IPAddress, port: UInt16)
    /// A host name, looked up when the connection is made, and a port.
    case name(String, port: UInt16)
    /// A unix-domain socket at a path.
    case unix(String)
}
