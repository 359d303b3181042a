import ArgumentParser
import Glibc
import ParleyDiagnostics
import ParleyEngine
import ParleyNetwork
import ParleyShell

/// `parley repl`: a conversation by hand.
struct ConversationCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl",
        abstract: "Talk to a server by hand.",
        discussion: """
            Statements of the language are said as they are typed, an expression shows its value, \
            and commands begin with a colon: `:help` lists them.

              parley repl
              parley repl smtp://mx.example.net:25
              parley repl -c 'connect smtp mx.example.net; ehlo; starttls; quit'

            Where standard input is no terminal, lines are read from it and the first failure ends \
            the conversation with exit code 1.
            """
    )

    @Argument(help: .init("What to connect to: smtp://HOST[:PORT], smtps://…", valueName: "url"))
    var target: String?

    @Option(
        name: .customShort("c"),
        help: .init("Carry this out instead of reading lines.", valueName: "statements")
    )
    var statements: String?

    @Option(help: .init("Trust the certificates of this file (PEM) only.", valueName: "file"))
    var ca: String?

    @Option(help: .init("What EHLO says where the script does not.", valueName: "domain"))
    var probeName: String?

    @Option(help: .init("When to colour: auto, always or never.", valueName: "when"))
    var color = "auto"

    mutating func execute() throws -> Int32 {
        let settings = TerminalSettings(of: .output, color: try TerminalSettings.colorMode(color))
        var configuration = ShellConfiguration()
        configuration.style = settings.reportStyle
        configuration.options.environment = ProcessEnvironment.all
        configuration.options.authorityFile = ca
        configuration.options.probeName = probeName
        let page = ExplanationPage(settings: settings)
        configuration.explain = { name in
            page.text(for: name).map {
                $0.split(separator: "\n", omittingEmptySubsequences: false)
            }?
            .map { String($0) }
        }
        configuration.explained =
            Explanations.reasons.map { ($0.name, $0.title) } + Explanations.codes
        var first = [try target.map(Self.statement)].compactMap { $0 }
        if let statements { first.append(statements) }
        let isOnlyGiven = statements != nil
        SignalWatch.run { [configuration, first] watch in
            var configuration = configuration
            configuration.options.prompt = { text in
                watch.whilePrompting { SecretPrompt.read(text) }
            }
            let isTyped = isatty(STDIN_FILENO) == 1
            let editor: any LineEditor = PlainLines(showsPrompt: isTyped)
            let network = SystemNetwork(loopCount: 1)
            let shell = await Shell(network: network, configuration: configuration) {
                editor.show($0)
            }
            watch.handle(shell.interrupt)
            for text in first {
                guard await shell.submit(text).isFailure else { continue }
                await shell.close()
                return ExitStatus.failure
            }
            guard !isOnlyGiven else {
                await shell.close()
                return ExitStatus.success
            }
            return await Conversation(shell: shell, editor: editor, stopsAtFailure: !isTyped).run()
        }
    }

    /// `connect smtp mx.example.net:25` for `smtp://mx.example.net:25`.
    private static func statement(for url: String) throws -> String {
        let parts = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        let shown = DisplayText.safe(url, limit: 200)
        guard parts.count == 3, parts[0].hasSuffix(":"), parts[1].isEmpty, !parts[2].isEmpty else {
            throw ToolFailure("‘\(shown)’ is no address: write smtp://HOST:PORT")
        }
        let host = parts[2].hasSuffix("/") ? parts[2].dropLast() : parts[2]
        let word = host.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && !"\"\\${}/".utf8.contains(byte)
        }
        guard word else { throw ToolFailure("‘\(shown)’ is no address: write smtp://HOST:PORT") }
        return "connect \(parts[0].dropLast()) \(host)"
    }
}
