import ArgumentParser
import ParleyEngine

/// `parley smtp`: one question to one server, without a script.
struct SMTPCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "smtp",
        abstract: "Ask one server one question; never sends mail.",
        discussion: """
            Speaks SMTP up to a stage, shows every line as it happens, and judges as a script \
            would: same verdicts, reasons and exit codes. --as-script prints that script. The \
            conversation goes as far as the options need: to EHLO, or through TLS, login and \
            sender to the recipients. Nothing follows RCPT: no message is ever sent.

              parley smtp mx.example.net
              parley smtp mx.example.net --tls --verify none --to postmaster@example.net
              parley smtp mail.example.net:587 --tls --user probe@example.net
              parley smtp mail.example.net --smtps --user probe --pass-env PASS
              parley smtp unix:/run/dovecot/lmtp --lmtp --to anna@example.net
              parley smtp mx.example.net --xclient ADDR=192.0.2.1 --to a@example.net
              parley smtp mx.example.net --via socks5://127.0.0.1:1080 --source 192.0.2.5
              parley smtp mx.example.net --to a@example.net --as-script >mx.parley

            The password never stands on the command line. It is asked for at the terminal, or \
            comes from --pass-env or --pass-file. On a connection without TLS to another host it \
            is not sent, unless you say --in-clear.

            EHLO that is not understood is followed by HELO, unless TLS or a login need EHLO. An \
            open transaction is taken back with RSET. With several --to, the first that is \
            refused ends the conversation.

            Exit codes: 0 it went through, 1 the server refused or failed, 2 the options are \
            wrong and nothing was sent, 3 could not ask from here, 130 interrupted.
            """
    )

    @Argument(help: .init("HOST, HOST:PORT, [IPv6]:PORT or unix:/path.", valueName: "host"))
    var host: String

    @Flag(help: "TLS: from the start on port 465, else by STARTTLS.")
    var tls = false

    @Flag(help: "TLS by STARTTLS.")
    var starttls = false

    @Flag(help: "TLS from the start; the port is 465 unless given.")
    var smtps = false

    @Flag(help: "Speak LMTP; the port is 24 unless given.")
    var lmtp = false

    @Option(
        help: .init("What of the certificate must hold: full, chain, none.", valueName: "level")
    )
    var verify: String?

    @OptionGroup var authority: AuthorityOption

    @Option(help: .init("Log in with this mechanism; best takes the strongest.", valueName: "mech"))
    var auth: String?

    @Option(help: .init("As whom to log in.", valueName: "user"))
    var user: String?

    @Option(help: .init("The environment variable with the password.", valueName: "variable"))
    var passEnv: String?

    @Option(help: .init("The file with the password.", valueName: "file"))
    var passFile: String?

    @Flag(help: "Send the password even without TLS, for all on the way to read.")
    var inClear = false

    @Option(help: .init("What EHLO says; this host's name unless given.", valueName: "domain"))
    var ehlo: String?

    @Option(help: .init("The sender; <> unless given.", valueName: "address"))
    var from: String?

    @Option(help: .init("A recipient; may be given again.", valueName: "address"))
    var to: [String] = []

    @Option(
        help: .init(
            "The last stage: CONNECT, EHLO, STARTTLS, AUTH, MAIL or RCPT.",
            valueName: "stage"
        )
    )
    var quitAfter: String?

    @OptionGroup(title: "The way to the server") var routing: RouteOptions

    @OptionGroup var shared: OneLinerOptions

    mutating func execute() throws -> Int32 {
        let plan = try plan()
        let script = plan.script
        var options = RunOptions()
        // Variables that set parameters of scripts must not change what was asked for.
        var variables: [String] = []
        if case .environment(let name)? = plan.login?.password { variables.append(name) }
        if let login = plan.route.proxyLogin { variables.append(login.variable) }
        options.environment = ProcessEnvironment.all.filter { variables.contains($0.key) }
        options.authorityFile = plan.authorityFile
        var folder = "."
        if case .file(_, let parent)? = plan.login?.password { folder = parent }
        let conclusion = SMTPConclusion(target: plan.target, script: script)
        return try shared.run(script) { [options] format, color in
            OneLinerRun(
                name: "<parley smtp>",
                script: script,
                folder: folder,
                options: options,
                format: format,
                color: color,
                conclusion: { conclusion.text($0, $1) }
            )
        }
    }
}
