import ParleyNetwork
import ParleySemantics
import ParleyTLS

/// The certificates that scripted servers show: good ones, and one for every way to be bad.
enum ServerCertificates {
    private static let day: Int64 = 86_400

    /// A server's TLS settings as its script says.
    ///
    /// - Parameter own: an own certificate in place of one made for the run.
    static func context(
        for options: ServerOptions,
        own: ServerIdentity?,
        address: Endpoint?,
        trust: TrustContexts
    ) throws(TLSError) -> TLSServerContext {
        let authority =
            options.certificate == "untrusted"
            ? ThrowawayAuthority(commonName: "An authority that nobody trusts") : trust.authority
        let identity =
            if let own { own } else {
                try authority.issue(request(for: options, address: address))
            }
        var settings = TLSServerOptions()
        if let versions = options.tlsVersions {
            settings.minimumVersion = version(versions.lowerBound)
            settings.maximumVersion = version(versions.upperBound)
        }
        settings.ciphers = options.ciphers
        settings.cipherSuites = options.suites
        settings.groups = options.groups
        settings.applicationProtocols = options.applicationProtocols
        if let tickets = options.tickets { settings.tickets = tickets }
        switch options.clientCertificate {
        case "wanted": settings.clientCertificate = .wanted
        case "required": settings.clientCertificate = .anyRequired
        default: break
        }
        let staple = options.staple ?? (options.certificate == "revoked" ? "revoked" : nil)
        if let staple {
            settings.staple = try authority.staple(
                for: identity,
                isRevoked: staple == "revoked",
                isOutdated: staple == "expired"
            )
        }
        return try TLSServerContext(identity, options: settings)
    }

    private static func request(
        for options: ServerOptions,
        address: Endpoint?
    ) -> CertificateRequest {
        var names = options.names + ["localhost"]
        if case .address(let ip, _) = address { names.append("\(ip)") }
        var request = CertificateRequest(names: names)
        switch options.certificate {
        case "expired":
            request.starts = .seconds(-90 * day)
            request.ends = .seconds(-day)
        case "not-yet-valid":
            request.starts = .seconds(day)
            request.ends = .seconds(90 * day)
        case "self-signed": request.selfSigned = true
        case "wrong-host": request.names = ["elsewhere.test"]
        case "cn-only": request.commonNameOnly = true
        case "weak-key": request.keyKind = .rsa1024
        case "missing-intermediate":
            request.intermediates = 1
            request.hidesIntermediates = true
        case "long-chain": request.intermediates = options.certificateAmount - 1
        case "large": request.ballast = options.certificateAmount
        case "unknown-critical-extension": request.hasUnknownCriticalExtension = true
        default: break
        }
        return request
    }

    /// A version by its number, TLSv1.0 = 1; what OpenSSL does not have counts as the least.
    private static func version(_ number: Int) -> TLSVersion {
        TLSVersion("TLSv1.\(max(0, number - 1))") ?? .tls12
    }
}
