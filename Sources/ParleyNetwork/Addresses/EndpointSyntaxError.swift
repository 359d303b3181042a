/// Why a text is no ``Endpoint``.
public struct EndpointSyntaxError: Error, Hashable, Sendable {
    /// What is wrong with the text.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// There is nothing before the port.
        case emptyHost
        /// No port is written and the caller has no default.
        case missingPort
        /// The port is no decimal number from 0 to 65535.
        case invalidPort
        /// Two colons without brackets: an IPv6 address needs `[…]`.
        case unbracketedIPv6
        /// `[` without `]`, or something other than `:port` after it.
        case invalidBrackets
        /// What stands in brackets, or looks like an IPv4 address, is none.
        case invalidAddress
        /// A host name holds octets no host name has, or is longer than 253 of them.
        case invalidName
        /// The path of a unix socket is empty or longer than 107 octets.
        case invalidPath
    }

    /// What is wrong.
    public var code: Code

    /// The text that was parsed.
    public var text: String

    /// An error of `code` about `text`.
    public init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text
    }
}

extension EndpointSyntaxError: CustomStringConvertible {
    /// One sentence for a diagnostic.
    public var description: String {
        switch code {
        case .emptyHost: "“\(text)” names no host"
        case .missingPort: "“\(text)” needs a port"
        case .invalidPort: "the port in “\(text)” is not a number from 0 to 65535"
        case .unbracketedIPv6: "an IPv6 address is written in brackets: “[\(text)]”"
        case .invalidBrackets: "“\(text)” is not of the form “[address]:port”"
        case .invalidAddress: "“\(text)” holds no valid IP address"
        case .invalidName: "“\(text)” is not a host name"
        case .invalidPath: "“\(text)” needs a path of 1 to 107 octets"
        }
    }
}
