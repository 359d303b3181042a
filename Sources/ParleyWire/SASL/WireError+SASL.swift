extension WireError {
    /// The exchange failed, and not by the server's own words.
    static func refused(_ mechanism: String, _ why: String) -> WireError {
        WireError(.refused, "AUTH \(mechanism): \(why)")
    }

    /// OpenSSL's configuration, FIPS for example, forbids a hash.
    static func forbidden(_ mechanism: String) -> WireError {
        WireError(.mechanism, "AUTH \(mechanism): OpenSSL is configured not to compute its hash")
    }
}
