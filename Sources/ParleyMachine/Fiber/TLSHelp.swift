/// What a postmaster does about a handshake that failed.
enum TLSHelp {
    /// A sentence on the clause or the option that goes on, if the failure is a certificate's or a
    /// file's.
    static func advice(for failure: SessionFailure) -> String? {
        // What is said later on a session that is over has another stage.
        guard failure.stage == "TLS handshake" else { return nil }
        let anyway = "`verify none` goes on all the same"
        switch failure.reason {
        case "tls.certificate.self-signed", "tls.certificate.untrusted":
            return "trust its issuer with the clause `ca FILE` or the option `--ca FILE`; \(anyway)"
        case "tls.certificate.wrong-host":
            return "`connect … name HOST` says which name to ask for and to verify; "
                + "`verify chain` leaves the name aside; \(anyway)"
        case "tls.dane.mismatch":
            return "its certificate or its TLSA records have to change; to look further, \(anyway)"
        case let reason where reason.hasPrefix("tls.certificate."):
            return "the server needs another certificate; to look further, \(anyway)"
        case "script.permission":
            return "a file elsewhere is named on the command line: `--ca FILE`"
        default: return nil
        }
    }
}
