import Foundation
import Testing

@testable import ParleyCLI

@Suite("parley explain")
struct ExplainTests {
    /// The table of the language reference.
    static let table = [
        ("net", "refused unreachable timeout closed reset"),
        ("dns", "nxdomain nodata servfail timeout bogus loop"),
        ("smtp", protocolReasons), ("lmtp", protocolReasons), ("imap", protocolReasons),
        ("pop3", protocolReasons), ("sieve", protocolReasons),
        (
            "tls",
            """
            starttls.refused starttls.not-offered starttls.injected handshake.timeout handshake.failed \
            protocol client-certificate-required certificate.expired certificate.not-yet-valid \
            certificate.untrusted certificate.self-signed certificate.wrong-host certificate.weak \
            certificate.revoked dane.mismatch staple.missing staple.invalid offers.incomplete
            """
        ),
        ("limit", "line reply literal session message memory challenges chain"),
        ("auth", "refused mechanism clear"),
        ("time", "statement block test suite run signal"),
        ("assert", "value snapshot measure"),
        ("script", "syntax name type session verb permission"),
        ("local", "egress resolver file store descriptor source permission"),
        ("net", "proxy"),
        (
            "local",
            """
            proxy.unreachable proxy.authentication proxy.refused proxy.protocol proxy.lost \
            proxy.timeout
            """
        ),
        // Beyond the table: what only shows while a script runs.
        ("script", "value pattern cases driver skip replay"),
        ("run", "interrupted"),
    ]
    static let protocolReasons = """
        banner banner.timeout banner.early-talker-refused reply reply.timeout reply.malformed \
        reply.mixed-codes reply.unsolicited closed not-offered out-of-turn
        """

    @Test("knows every reason of the language, and no other")
    func complete() {
        let wanted = Self.table.flatMap { family, names in
            names.split(separator: " ").map { "\(family).\($0)" }
        }
        let known = Explanations.reasons.map(\.name)
        #expect(Set(known) == Set(wanted))
        #expect(known.count == wanted.count)
    }

    @Test("explains every reason that the sources emit, and the reference lists those of scripts")
    func emitted() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
            .standardizedFileURL
        let pattern =
            #/
            "(?:\\\([a-zA-Z.]*family\)
            |net|dns|smtp|tls|limit|auth|time|assert|script|local|run)\.[a-z.-]*[a-z]"
            /#
        // Names that look like reasons: events of the report, and what becomes script.value.
        let others: Set = ["run.started", "run.finished", "script.unbound", "tls.certificate"]
        var emitted: Set<String> = []
        for module in ["Machine", "Engine", "Network", "TLS", "Wire"] {
            let folder = root.appending(path: "Sources/Parley\(module)").resolvingSymlinksInPath()
            let files = try #require(FileManager.default.enumerator(atPath: folder.path))
            for case let file as String in files where file.hasSuffix(".swift") {
                let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                for match in text.matches(of: pattern) {
                    let reason = String(match.0.dropFirst().dropLast())
                        .replacing(/^\\\([a-zA-Z.]*\)/, with: "smtp")
                    emitted.insert(reason)
                }
            }
        }
        emitted.subtract(others)
        #expect(emitted.count > 40 && emitted.isSuperset(of: ["smtp.closed", "script.value"]))
        let reference = try Project.files(below: "grammar/spec", ending: ".md")
            .map(Project.text).joined()
        for reason in emitted {
            #expect(Explanations.reason(reason) != nil, "\(reason)")
            guard ["script.", "run.", "assert.", "smtp.", "net."].contains(where: reason.hasPrefix)
            else { continue }
            #expect(reference.contains("`\(reason)`"), "\(reason)")
        }
    }

    @Test("tells each whole: meaning, causes, remedies, an example")
    func whole() {
        for reason in Explanations.reasons {
            #expect(!reason.title.isEmpty && reason.title.count < 60, "\(reason.name)")
            #expect(reason.meaning.hasSuffix("."), "\(reason.name)")
            #expect(!reason.causes.isEmpty && !reason.remedies.isEmpty, "\(reason.name)")
            #expect(!reason.example.isEmpty && !reason.example.hasSuffix("."), "\(reason.name)")
        }
        for code in Explanations.codes { #expect(!code.line.isEmpty, "\(code.name)") }
    }

    @Test("tells a page of a reason, a paragraph of a code, a list of a family")
    func pages() throws {
        let reason = try Tool.run("explain", "smtp.reply")
        #expect(reason.status == 0)
        #expect(reason.output.contains("Usual causes") && reason.output.contains("RFC 5321"))
        let code = try Tool.run("explain", "script.name.unknown")
        #expect(code.status == 0)
        #expect(code.output.hasPrefix("script.name.unknown\n"))
        let family = try Tool.run("explain", "tls.certificate")
        #expect(family.output.contains("tls.certificate.expired"))
        let all = try Tool.run("explain")
        #expect(all.output.contains("smtp.banner.early-talker-refused"))
        #expect(all.output.contains("lint."))
        for line in all.output.split(separator: "\n") { #expect(line.count <= 100) }
    }
}
