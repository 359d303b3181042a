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
        let issuers = try intermediates(request.intermediates, below: authority)
        let issuer = issuers.last ?? authority
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
        try builder.setIssuer(request.selfSigned ? nil : issuer.certificate)
        try builder.addLeafExtensions()
        if !request.commonNameOnly { try builder.addNames(request.names.map { Array($0.utf8) }) }
        if request.hidesIntermediates { try builder.addIssuerLocation() }
        // An INTEGER and an OCTET STRING in name only: nobody is to read them.
        if request.hasUnknownCriticalExtension {
            try builder.addUnknownExtension(1, isCritical: true, [0x02, 0x01, 0x2A])
        }
        if request.ballast > 0 {
            let ballast = [UInt8](repeating: 0x50, count: min(request.ballast, Self.mostBallast))
            try builder.addUnknownExtension(2, isCritical: false, ballast)
        }
        let certificate = try builder.sign(with: request.selfSigned ? key : issuer.key)
        var chain = try certificate.pem()
        if !request.hidesIntermediates {
            for issuer in issuers.reversed() { chain += issuer.pem }
        }
        return ServerIdentity(certificatePEM: chain, privateKeyPEM: try key.pem())
    }

    /// The response of this authority's OCSP service about a certificate that it issued itself, in
    /// DER (RFC 6960).
    ///
    /// - Parameters:
    ///   - identity: whose certificate it is about.
    ///   - isRevoked: whether it is revoked, since a day.
    ///   - isOutdated: whether the response is a week old and expired yesterday.
    public func staple(
        for identity: ServerIdentity,
        isRevoked: Bool = false,
        isOutdated: Bool = false
    ) throws(TLSError) -> [UInt8] {
        let authority = try made()
        let chain = try PEMReader.certificates(identity.certificatePEM, named: "the certificate")
        guard let leaf = chain.first else {
            throw TLSError(.unreadable, drainingInto: "the certificate")
        }
        let instant = now ?? Int64(time(nil))
        let day: Int64 = 86_400
        return try OCSPResponse.make(
            about: leaf,
            issuer: authority.certificate,
            key: authority.key,
            revokedAt: isRevoked ? instant.addingClamped(-day) : nil,
            from: instant.addingClamped(isOutdated ? -8 * day : -3600),
            to: instant.addingClamped(isOutdated ? -day : 3 * day)
        )
    }

    /// The most octets of ballast in one certificate.
    private static let mostBallast = 8 << 20

    /// Authorities of which each has issued the next, the first by `authority`.
    private func intermediates(
        _ count: Int,
        below authority: Material
    ) throws(TLSError) -> [Material] {
        var made: [Material] = []
        for number in 0..<max(0, min(count, 1000)) {
            let issuer = made.last ?? authority
            let material = try make("Parley intermediate authority \(number + 1)", issuer)
            made.append(material)
        }
        return made
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
                let fresh = try make(commonName, nil)
                known = fresh
                return .success(fresh)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// An authority; the issuer `nil` is itself.
    private func make(
        _ commonName: String,
        _ issuer: Material?
    ) throws(TLSError) -> Material {
        let key = try KeyHandle.generate(.ec256)
        let builder = try CertificateBuilder(commonName: commonName, key: key)
        let instant = now ?? Int64(time(nil))
        // Older and longer-lived than anything it issues, expired or future leaves included.
        let decade: Int64 = 10 * 366 * 86400
        builder.setValidity(
            from: instant.addingClamped(-decade),
            to: instant.addingClamped(decade)
        )
        try builder.setIssuer(issuer?.certificate)
        try builder.addAuthorityExtensions()
        let certificate = try builder.sign(with: issuer?.key ?? key)
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
