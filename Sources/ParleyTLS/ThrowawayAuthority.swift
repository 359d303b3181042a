import Glibc
import Synchronization

/// A certificate authority that lives in memory, for scripted servers and tests.
///
/// It makes its key and certificate at first use, so that having one costs nothing.
public final class ThrowawayAuthority: Sendable {
    private struct Material {
        let key: KeyHandle
        let certificate: X509Handle
        let pem: [UInt8]
    }

    private let commonName: String
    private let now: Int64?
    private let material = Mutex<Material?>(nil)

    /// An authority of this name.
    ///
    /// - Parameter now: the instant from which validity counts, in seconds since 1970; nil for the
    ///   system's clock.
    public init(commonName: String = "Parley throw-away authority", now: Int64? = nil) {
        self.commonName = commonName
        self.now = now
    }

    /// The authority's own certificate, for a client to trust.
    public var certificatePEM: [UInt8] {
        get throws(TLSError) { try made().pem }
    }

    /// Issues a certificate.
    ///
    /// - Throws: `TLSError` of code `.name` for a name that fits no certificate.
    public func issue(_ request: CertificateRequest) throws(TLSError) -> ServerIdentity {
        let authority = try made()
        let key = try KeyHandle.generate(request.keyKind)
        let builder = try CertificateBuilder(
            commonName: request.commonName ?? request.names.first ?? "localhost",
            key: key
        )
        let instant = now ?? Int64(time(nil))
        builder.setValidity(
            from: instant.addingClamped(request.starts.components.seconds),
            to: instant.addingClamped(request.ends.components.seconds)
        )
        let issuer = request.selfSigned ? nil : authority.certificate
        try builder.setIssuer(issuer)
        try builder.addLeafExtensions()
        if !request.commonNameOnly { try builder.addNames(request.names.map { Array($0.utf8) }) }
        let certificate = try builder.sign(with: request.selfSigned ? key : authority.key)
        return ServerIdentity(
            certificatePEM: try certificate.pem(),
            privateKeyPEM: try key.pem()
        )
    }

    /// Issues a good certificate for these names, ending after `lifetime`.
    ///
    /// - Throws: `TLSError` of code `.name` for a name that fits no certificate.
    public func issue(
        names: [String],
        lifetime: Duration = .seconds(30 * 86400)
    ) throws(TLSError) -> ServerIdentity {
        var request = CertificateRequest(names: names)
        request.ends = lifetime
        return try issue(request)
    }

    private func made() throws(TLSError) -> Material {
        let result = material.withLock { known -> Result<Material, TLSError> in
            if let known { return .success(known) }
            do throws(TLSError) {
                let fresh = try make()
                known = fresh
                return .success(fresh)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func make() throws(TLSError) -> Material {
        let key = try KeyHandle.generate(.ec256)
        let builder = try CertificateBuilder(commonName: commonName, key: key)
        let instant = now ?? Int64(time(nil))
        // Older and longer-lived than anything it issues, expired or future leaves included.
        let decade: Int64 = 10 * 366 * 86400
        builder.setValidity(
            from: instant.addingClamped(-decade),
            to: instant.addingClamped(decade)
        )
        try builder.setIssuer(nil)
        try builder.addAuthorityExtensions()
        let certificate = try builder.sign(with: key)
        return Material(key: key, certificate: certificate, pem: try certificate.pem())
    }
}

extension Int64 {
    /// The sum, kept within the years that a certificate can tell (1950 to 9999).
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        let whole = overflow ? (other < 0 ? Int64.min : .max) : sum
        return Swift.min(Swift.max(whole, -631_152_000), 253_402_300_799)
    }
}
