/// What a scripted server hears.
public enum SMTPServerEvent: Hashable, Sendable {
    /// A command line.
    case command(SMTPCommand)

    /// A whole message: its octets without the stuffed dots and the final dot, as many as
    /// ``WireLimits/body`` keeps, and how many there were.
    case body([UInt8], size: Int)

    /// A `BDAT` command with its chunk (RFC 3030 section 2): as many octets as
    /// ``WireLimits/body`` keeps.
    case chunk(SMTPServerChunk)

    /// A line of a SASL exchange, without its line end.
    case authResponse([UInt8])

    /// Octets as they came.
    case raw([UInt8])
}
