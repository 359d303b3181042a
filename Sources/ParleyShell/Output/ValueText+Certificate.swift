import ParleyReports
import ParleyTLS

extension ValueText {
    /// A certificate: its dates in UTC with the days left, its key, its pin.
    func lines(of certificate: Certificate) -> [String] {
        var rows = [("subject", certificate.subject), ("issuer", certificate.issuer)]
        if certificate.isSelfSigned { rows[1].1 += " (itself)" }
        if !certificate.names.isEmpty {
            rows.append(("names", certificate.names.joined(separator: ", ")))
        }
        rows += [
            ("starts", InstantText.utc(certificate.notBefore)),
            ("expires", InstantText.utc(certificate.notAfter) + daysLeft(certificate)),
            ("key", "\(certificate.publicKeyKind) \(certificate.publicKeyBits)"),
            ("signature", certificate.signatureAlgorithm), ("serial", certificate.serial),
            ("sha256", certificate.sha256), ("pin", certificate.publicKeyPin),
        ]
        if certificate.isAuthority { rows.append(("authority", "it may issue certificates")) }
        return table(rows) + datesProblems(of: certificate)
    }

    /// What verification found about the certificate at a place of the chain.
    func problems(at depth: Int, of tls: TLSSummary?) -> [String] {
        (tls?.problems ?? []).filter { $0.depth == depth }
            .map { text.bad(text.safe("\($0.reason): \($0.detail)")) }
    }

    private func daysLeft(_ certificate: Certificate) -> String {
        guard let now else { return "" }
        let (left, overflows) = certificate.notAfter.subtractingReportingOverflow(
            now / 1_000_000_000
        )
        guard !overflows else { return "" }
        let days = left / 86_400
        return left < 0
            ? " (\(-days) days ago)" : " (\(days) \(days == 1 ? "day" : "days") left)"
    }

    private func datesProblems(of certificate: Certificate) -> [String] {
        guard let now else { return [] }
        let seconds = now / 1_000_000_000
        if certificate.notAfter < seconds { return [text.bad("it has expired")] }
        if certificate.notBefore > seconds { return [text.bad("it is not valid yet")] }
        let soon = certificate.notAfter - seconds < 21 * 86_400
        return soon ? [text.warning("it expires soon")] : []
    }
}
