import ParleyNetwork
import ParleySemantics
import ParleyTLS

/// The certificates that scripted servers show: good ones, and one for every way to be bad.
enum ServerCertificates {
    private static let day: Int64 = 86_400

    /// A server's TLS settings as its header says.
    static func context(
        for options: ServerOptions,
        address: Endpoint?,
        trust: TrustContexts
    ) throws(TLSError) -> TLSServerContext {
        var names = options.names + ["localhost"]
        if case .address(let ip, _) = address { names.append("\(ip)") }
        var request = CertificateRequest(names: names)
        var authority = trust.authority
        switch options.certificate {
        case "expired":
            request.starts = .seconds(-90 * day)
            request.ends = .seconds(-day)
        case "not-yet-valid":
            request.starts = .seconds(day)
            request.ends = .seconds(90 * day)
        case "self-signed":
            request.selfSigned = true
        case "untrusted":
            authority = ThrowawayAuthority(commonName: "An authority that nobody trusts")
        case "wrong-host":
            request.names = ["elsewhere.test"]
        case "weak":
            request.keyKind = .rsa1024
        default:
            break
        }
        var settings = TLSServerOptions()
        if let minor = options.tlsVersion, let version = TLSVersion("TLSv1.\(minor - 1)") {
            settings.minimumVersion = version
            settings.maximumVersion = version
        }
        return try TLSServerContext(try authority.issue(request), options: settings)
    }
}
