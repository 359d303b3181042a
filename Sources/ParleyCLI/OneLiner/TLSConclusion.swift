import ParleyEngine
import ParleyMachine
import ParleyReports

/// What `parley tls` has to say in the end: what is old or weak in what the server speaks.
struct TLSConclusion: Sendable {
    let target: String

    /// Versions that RFC 7568 and RFC 8996 forbid.
    private static let obsolete = ["SSLv3", "TLSv1.0", "TLSv1.1"]

    /// The paragraph.
    func text(_ result: TestResult, _ facts: ConversationFacts) -> String {
        if result.verdict >= .fail, let finding = result.findings.first {
            let meaning = Explanations.reason(finding.reason)?.meaning ?? ""
            return "\(target) was not surveyed to the end. \(meaning) More: parley explain "
                + finding.reason
        }
        let suites = facts.logged.compactMap { line -> (version: String, cipher: String)? in
            let words = line.split(separator: " ")
            guard words.count == 2, line.hasPrefix("TLS") || line.hasPrefix("SSL") else {
                return nil
            }
            return (String(words[0]), String(words[1]))
        }
        guard !suites.isEmpty else {
            return "\(target) speaks no version of TLS that is known here."
        }
        let versions = Self.unique(suites.map(\.version))
        var sentences = ["\(target) speaks \(versions.joined(separator: ", "))."]
        let old = versions.filter { Self.obsolete.contains($0) }
        if !old.isEmpty {
            sentences.append("Obsolete (RFC 8996): \(old.joined(separator: ", ")).")
        }
        let ciphers = Self.unique(suites.map(\.cipher))
        let anonymous = ciphers.filter { $0.hasPrefix("ADH-") || $0.hasPrefix("AECDH-") }
        if !anonymous.isEmpty {
            sentences.append(
                "\(anonymous.count) of \(ciphers.count) suites need no certificate, which is usual "
                    + "between mail exchangers only."
            )
        }
        let weak = ciphers.filter { name in
            ["NULL", "EXP", "RC4", "RC2", "DES-CBC-", "IDEA"].contains { name.contains($0) }
        }
        if !weak.isEmpty { sentences.append("Weak: \(weak.joined(separator: ", ")).") }
        return sentences.joined(separator: " ")
    }

    private static func unique(_ list: [String]) -> [String] {
        var seen: Set<String> = []
        return list.filter { seen.insert($0).inserted }
    }
}
