import ParleySyntax

extension SMTPPlan {
    /// The script that does it.
    ///
    /// EHLO falls back to HELO where nothing later needs an extension, and an open transaction is
    /// taken back: what a polite client does, and a script only if it says so.
    var script: OneLinerScript { OneLinerScript(heading + conversation) }

    private typealias Line = (text: String, achievement: String?)

    private var usesLogin: Bool { login != nil && last >= .auth }

    // MARK: - What stands above the test

    private var heading: [Line] {
        var lines: [Line] = []
        for remark in remarks { lines.append(("# \(remark)", nil)) }
        if !lines.isEmpty { lines.append(("", nil)) }
        lines.append(("param host: endpoint = \(ScriptWord.word(target))", nil))
        if usesLogin, let login {
            if let user = login.user {
                lines.append(("param user = \(ScriptWord.word(user))", nil))
            }
            if let password = login.password {
                lines.append(("secret pass = \(password.scriptText)", nil))
            }
        }
        if let login = route.proxyLogin {
            lines.append(("secret via_pass = env \(login.variable)", nil))
        }
        lines.append(("", nil))
        return lines
    }

    /// What must be known to run the script elsewhere.
    private var remarks: [String] {
        var remarks: [String] = []
        if let authorityFile {
            remarks.append("Run with --ca and the authority's certificates:")
            remarks.append("    parley run --ca \(shown(authorityFile)) SCRIPT")
        }
        if usesLogin, case .file(_, let folder)? = login?.password {
            remarks.append("Lies in \(shown(folder)): scripts read files of their own folder only.")
        }
        return remarks
    }

    /// Nothing in a comment can end it but a line end.
    private func shown(_ text: String) -> String { ScriptWord.inner(text) }

    // MARK: - The conversation

    private var conversation: [Line] {
        let limit = timeout.map { " timeout \($0)" } ?? ""
        let family = isLMTP ? "lmtp" : "smtp"
        var lines: [Line] = [("test \"\(family) ${host}\" tags [\(family)]\(limit) {", nil)]
        lines.append((connect, "it greeted"))
        if last >= .ehlo { lines += ehlo(isLast: encryption != .startTLS) }
        if last >= .starttls, encryption == .startTLS {
            lines.append(("starttls" + tlsClauses, "went under TLS"))
            lines += ehlo(isLast: true)
        }
        if last >= .ehlo, !route.posing.isEmpty {
            lines.append((attributes("xclient", route.posing), "took XCLIENT"))
            lines.append(hello)
        }
        if usesLogin, let login { lines.append((authentication(login), "let the user in")) }
        if last >= .ehlo, !route.forwarded.isEmpty {
            lines.append((attributes("xforward", route.forwarded), "took XFORWARD"))
        }
        if last >= .mail { lines.append((mail, "took the sender")) }
        if last >= .rcpt {
            lines += transaction
        } else if last == .mail {
            lines.append(("rset", nil))
        }
        return lines + [("quit", nil), ("}", nil)]
    }

    /// `verify` and `ca` stand where TLS begins; `name` is inherited by `starttls`.
    private var connect: String {
        let named = name.map { " name \(ScriptWord.word($0))" } ?? ""
        let isImplicit = encryption == .implicit
        let word = isImplicit ? "smtps" : isLMTP ? "lmtp" : "smtp"
        return "connect \(word) ${host}\(named)\(route.clauses)" + (isImplicit ? tlsClauses : "")
    }

    private var tlsClauses: String { verification.map { " verify \($0)" } ?? "" }

    private var domain: String { greeting.map { " \(ScriptWord.word($0))" } ?? "" }

    /// EHLO, or LHLO, which has nothing to fall back to.
    private var hello: Line {
        isLMTP ? ("lhlo\(domain)", "answered LHLO") : ("ehlo\(domain)", "answered EHLO")
    }

    private func attributes(_ verb: String, _ list: [String]) -> String {
        ([verb] + list.map(ScriptWord.attribute)).joined(separator: " ")
    }

    private func ehlo(isLast: Bool) -> [Line] {
        let needsExtensions =
            usesLogin || isLMTP || !route.posing.isEmpty || !route.forwarded.isEmpty
            || encryption == .startTLS && last >= .starttls
        guard isLast, !needsExtensions else { return [hello] }
        return [
            ("ehlo\(domain) => 2xx or 500 or 501 or 502 or 504 or 550 as hello", nil),
            ("if hello.code >= 500 {", nil),
            ("helo\(domain)", nil),
            ("}", "answered EHLO or HELO"),
        ]
    }

    /// Paths beyond ASCII need SMTPUTF8 (RFC 6531 §3.4), the recipients' too.
    private var mail: String {
        let isASCII = ([sender] + recipients).allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
        return "mail \(ScriptWord.word(sender))" + (isASCII ? "" : " SMTPUTF8")
    }

    private func authentication(_ login: Login) -> String {
        var words = ["auth", login.mechanism]
        if login.user != nil { words.append("${user}") }
        if login.password != nil { words.append("${pass}") }
        if login.allowsClear { words.append("in clear") }
        return words.joined(separator: " ")
    }

    /// A transaction is open once MAIL is taken, whatever becomes of the recipients.
    private var transaction: [Line] {
        var lines: [Line] = [("step \"recipients\" {", nil)]
        for recipient in recipients {
            lines.append(("rcpt \(ScriptWord.word(recipient))", "took \(recipient)"))
        }
        lines += [("finally {", nil), ("rset", nil), ("}", nil), ("}", nil)]
        return lines
    }
}

extension SMTPPlan.PasswordSource {
    /// What stands behind `secret pass =`.
    fileprivate var scriptText: String {
        switch self {
        case .environment(let name): "env \(name)"
        case .file(let name, _): "file \(ScriptWord.word(name))"
        case .prompt: "prompt \"Password\""
        }
    }
}
