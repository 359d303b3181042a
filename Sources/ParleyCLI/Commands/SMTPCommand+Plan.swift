import Glibc
import Parley
import ParleyDiagnostics
import ParleyMail
import ParleyNetwork
import ParleyWire

extension SMTPCommand {
    /// What the options ask for, or the sentence that says which of them cannot be.
    func plan() throws -> SMTPPlan {
        var plan = SMTPPlan(target: "", encryption: try encryption())
        let isImplicit = plan.encryption == .implicit
        guard !lmtp || !isImplicit else {
            throw ToolFailure("LMTP has no TLS from the start: use --starttls")
        }
        plan.isLMTP = lmtp
        plan.target = try OneLinerOption.endpoint(
            host,
            defaultPort: isImplicit ? 465 : lmtp ? 24 : 25
        )
        plan.route = try routing.route(allowsClear: inClear)
        plan.name = try shared.checkedName()
        plan.verification = try OneLinerOption.verification(verify)
        plan.authorityFile = try OneLinerOption.readableFile(authority.ca, "--ca")
        plan.greeting = try ehlo.map { try OneLinerOption.domain($0, "--ehlo") }
        plan.login = try login()
        plan.sender = try from.map { try path($0, "--from", allowsNull: true) } ?? "<>"
        plan.recipients = try to.map { try path($0, "--to", allowsNull: false) }
        plan.timeout = try OneLinerOption.duration(shared.timeout)
        plan.last = try lastStage(plan)
        if plan.encryption == .none, verify != nil || authority.ca != nil || shared.name != nil {
            throw ToolFailure("--verify, --ca and --name are of TLS: add --starttls or --smtps")
        }
        return plan
    }

    private func encryption() throws -> SMTPPlan.Encryption {
        guard [tls, starttls, smtps].count(where: { $0 }) <= 1 else {
            throw ToolFailure("--tls, --starttls and --smtps exclude each other")
        }
        if starttls { return .startTLS }
        if smtps { return .implicit }
        guard tls else { return .none }
        return host.hasSuffix(":465") ? .implicit : .startTLS
    }

    // MARK: - The login

    private func login() throws -> SMTPPlan.Login? {
        guard auth != nil || user != nil else {
            guard passEnv == nil, passFile == nil else {
                throw ToolFailure("a password without a login: add --user, and --auth if need be")
            }
            guard !inClear || routing.viaUser != nil else {
                throw ToolFailure("--in-clear is of a login: add --user")
            }
            return nil
        }
        let word = auth ?? "best"
        guard word.lowercased() != "best" else {
            return SMTPPlan.Login(
                mechanism: "best",
                user: try neededUser(),
                password: try password(),
                allowsClear: inClear
            )
        }
        guard let mechanism = SASLMechanisms.mechanism(named: word) else {
            let known = ["best"] + SASLMechanisms.names.map { $0.lowercased() }
            throw ToolFailure.unknown(word, "mechanism of --auth", among: known)
        }
        var login = SMTPPlan.Login(mechanism: mechanism.name.lowercased(), allowsClear: inClear)
        if mechanism.proof == .nothing {
            guard passEnv == nil, passFile == nil else {
                throw ToolFailure("\(mechanism.name) takes no password")
            }
            login.user = try user.map { try OneLinerOption.text($0, "--user") }
        } else {
            login.user = try neededUser()
            login.password = try password()
        }
        return login
    }

    private func neededUser() throws -> String {
        guard let user, !user.isEmpty else {
            throw ToolFailure("--auth wants to know as whom: add --user")
        }
        return try OneLinerOption.text(user, "--user")
    }

    private func password() throws -> SMTPPlan.PasswordSource {
        guard passEnv == nil || passFile == nil else {
            throw ToolFailure("--pass-env and --pass-file exclude each other")
        }
        if let passEnv {
            return .environment(try OneLinerOption.variable(passEnv, "--pass-env"))
        }
        guard let passFile = try OneLinerOption.readableFile(passFile, "--pass-file") else {
            return .prompt
        }
        guard let slash = passFile.lastIndex(of: "/") else {
            return .file(name: passFile, folder: ".")
        }
        let folder = slash == passFile.startIndex ? "/" : String(passFile[..<slash])
        return .file(name: String(passFile[passFile.index(after: slash)...]), folder: folder)
    }

    // MARK: - The envelope

    private func path(_ text: String, _ option: String, allowsNull: Bool) throws -> String {
        do throws(AddressError) {
            _ = try Path(text, allowsNull: allowsNull)
            return text
        } catch {
            let shown = DisplayText.safe(text, limit: 200)
            let hint = allowsNull && text.isEmpty ? "; the null sender is written '<>'" : ""
            throw ToolFailure("\(option) \(shown): \(error.message)\(hint)")
        }
    }

    /// As far as the options need; `--quit-after` may end it earlier, and not later than they say.
    private func lastStage(_ plan: SMTPPlan) throws -> SMTPStage {
        var needed = SMTPStage.ehlo
        if plan.encryption == .startTLS { needed = .starttls }
        if plan.login != nil { needed = .auth }
        if from != nil { needed = .mail }
        if !plan.recipients.isEmpty { needed = .rcpt }
        guard let quitAfter else { return needed }
        let stage = try SMTPStage.named(quitAfter)
        switch stage {
        case .starttls where plan.encryption == .none:
            throw ToolFailure("--quit-after STARTTLS: add --starttls")
        case .connect where !plan.route.posing.isEmpty || !plan.route.forwarded.isEmpty:
            throw ToolFailure("--quit-after CONNECT: --xclient and --xforward come behind EHLO")
        case .auth where plan.login == nil:
            throw ToolFailure("--quit-after AUTH: add --user, and --auth if need be")
        case .rcpt where plan.recipients.isEmpty:
            throw ToolFailure("--quit-after RCPT: add --to")
        default: return stage
        }
    }
}
