import COpenSSL

extension HandshakeRecord {
    /// Called with each secret of a session, as a line of the NSS key log format.
    static let logKeys: @convention(c) (OpaquePointer?, UnsafePointer<CChar>?) -> Void = {
        ssl,
        line in
        guard let line else { return }
        of(ssl)?.client?.keyLog?.write(line)
    }
}
