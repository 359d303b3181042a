import ParleyMachine
import ParleyTLS

extension TLSSettings {
    /// Sets the options of a context.
    ///
    /// - Throws: `TLSError` where a file cannot be read, or what is asked for contradicts itself.
    func apply(to options: inout TLSClientOptions, _ files: ScriptFiles) throws(TLSError) {
        if let minimum { options.minimumVersion = minimum }
        if let maximum {
            options.maximumVersion = maximum
            // Who says `max TLSv1.1` alone wants that version and no other.
            if minimum == nil { options.minimumVersion = min(options.minimumVersion, maximum) }
        }
        if let ciphers { options.offer(ciphers) }
        options.groups = groups
        options.signatureAlgorithms = signatureAlgorithms
        options.applicationProtocols = applicationProtocols ?? []
        options.securityLevel = securityLevel
        options.usesTickets = usesTickets ?? true
        options.demandsStapling = demandsStapling ?? false
        guard let certificateFile, let key else { return }
        let octets: [UInt8] =
            switch key {
            case .file(let path): try Self.read(path, files)
            case .octets(let octets): octets
            }
        options.identity = ServerIdentity(
            certificatePEM: try Self.read(certificateFile, files),
            privateKeyPEM: octets
        )
    }

    private static func read(_ path: String, _ files: ScriptFiles) throws(TLSError) -> [UInt8] {
        switch files.read(path) {
        case .success(let octets): return octets
        case .failure(let failure): throw TLSError(unreadable: failure.message)
        }
    }
}
