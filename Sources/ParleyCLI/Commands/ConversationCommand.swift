import ArgumentParser
import Glibc
import ParleyEngine
import ParleyNetwork
import ParleyReports
import ParleyShell

/// `parley repl`: a conversation by hand.
struct ConversationCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "repl",
        abstract: "Talk to a server by hand.",
        discussion: """
            Statements of the language are said as they are typed, an expression shows its value, \
            and commands begin with a colon: `:help` lists them. TAB completes, ^R searches what \
            was typed before, ^C drops what is typed, ^D takes leave and ends.

              parley repl
              parley repl smtp://mx.example.net:25
              parley repl submission.parley
              parley repl imaps://192.0.2.1 --name imap.example.net
              parley repl -c 'connect smtp mx.example.net; ehlo; :caps; quit; :save mx.parley'

            Where standard input is no terminal, lines are read from it and the first failure ends \
            the conversation, with the exit code of a script that fails so: 1, or 2 for a wrong \
            line.
            """
    )

    @Argument(
        help: .init("What to begin with: smtp://HOST[:PORT], imaps://…, or a script.")
    )
    var target: String?

    @Option(
        name: .customShort("c"),
        help: .init("Carry this out instead of reading lines.", valueName: "statements")
    )
    var statements: String?

    @Option(help: .init("Trust the certificates of this file (PEM) only.", valueName: "file"))
    var ca: String?

    @Option(
        help: .init("The name to verify and to ask for, if not the host.", valueName: "name")
    )
    var name: String?

    @Option(help: .init("What EHLO says where the script does not.", valueName: "domain"))
    var probeName: String?

    @Option(help: .init("When to colour: auto, always or never.", valueName: "when"))
    var color = "auto"

    /// The command without any argument: what `parley` alone means.
    static func bare() throws -> ConversationCommand { try parse([]) }

    mutating func execute() throws -> Int32 {
        let settings = TerminalSettings(of: .output, color: try TerminalSettings.colorMode(color))
        var configuration = ShellConfiguration()
        configuration.style = settings.reportStyle
        configuration.options.environment = ProcessEnvironment.all
        configuration.options.authorityFile = ca
        configuration.options.probeName = probeName
        configuration.explain(on: settings)
        let name = name
        let target = try target.map { try ConversationTarget($0, name: name) }
        if target == nil, name != nil { throw ConversationTarget.nameWithoutHost }
        let statements = statements
        SignalWatch.run(watching: ConversationSignals.watched) { [configuration] watch in
            var configuration = configuration
            let isTyped = isatty(STDIN_FILENO) == 1
            let editor = Self.editor(configuration.style, watch, isUsed: statements == nil)
            configuration.options.prompt = { editor.secret($0) }
            let signals = ConversationSignals(editor: editor)
            configuration.editText = { text in
                signals.lent(true)
                defer { signals.lent(false) }
                return await editor.lend { ExternalEditor.change(text, whenStopped: $0) }
            }
            let network = SystemNetwork(loopCount: 1)
            let shell = await Shell(network: network, configuration: configuration) {
                editor.show($0)
            }
            signals.handle(shell.interrupt)
            watch.receive { signals.receive($0) }
            let conversation = Conversation(
                shell: shell,
                editor: editor,
                signals: signals,
                stopsAtFailure: !isTyped
            )
            if isTyped, statements == nil { editor.show(Self.welcome(configuration.style)) }
            editor.show(target?.notes ?? [])
            let status = await conversation.run(
                first: (target.map { [$0.input] } ?? [])
                    + (statements.map { WrittenInputs.split($0) } ?? []),
                isAll: statements != nil
            )
            editor.close()
            return status
        }
    }

    /// The editor, where a person types at a terminal; otherwise lines as they come.
    static func editor(
        _ style: ReportStyle,
        _ watch: SignalWatch,
        isUsed: Bool
    ) -> any LineEditor {
        let isTyped = isatty(STDIN_FILENO) == 1
        let plain = PlainLines(showsPrompt: isTyped) { text in
            watch.whilePrompting { SecretPrompt.read(text) }
        }
        let terminal = ProcessEnvironment.variable("TERM") ?? ""
        guard isUsed, isTyped, isatty(STDOUT_FILENO) == 1, !["", "dumb"].contains(terminal) else {
            return plain
        }
        switch TerminalEditor.open(style: style, historyPath: HistoryFile.standardPath) {
        case .success(let editor): return editor
        case .failure(let failure):
            StandardStream.error.write(
                "parley: lines are not edited: \(failure.text); install libedit2\n"
            )
            return plain
        }
    }

    private static func welcome(_ style: ReportStyle) -> [String] {
        let text = LiveText(style: style)
        return [
            text.dim(
                "Parley \(CommandLineTool.version): `:help` tells what can be typed, TAB completes,"
                    + " ^D ends"
            )
        ]
    }
}
