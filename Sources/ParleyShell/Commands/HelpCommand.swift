import ParleyDiagnostics
import ParleyReports

/// `:help [TOPIC]`
struct HelpCommand: ShellCommand {
    let name = "help"
    let arguments = "[TOPIC]"
    let help = "what can be typed; a verb, a statement, a command or a reason as topic tells more"
    let completes = CommandArgument.topic

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let configuration = shell.configuration
        if argument.isEmpty {
            shell.output.show { text in
                Self.introduction(HelpTopics(text: text, configuration: configuration))
            }
            return .done
        }
        var lines: [String]?
        shell.output.show { text in
            lines = HelpTopics(text: text, configuration: configuration).lines(on: argument)
            return lines ?? []
        }
        guard lines == nil else { return .done }
        let near = Suggestion.nearest(to: argument, among: HelpTopics.names(configuration))
        return shell.complain(
            "nothing is known of ‘\(argument)’",
            help: near.map { "did you mean ‘:help \($0)’?" }
                ?? "`:help` lists commands, `:help verbs` what can be said to a server"
        )
    }

    private static func introduction(_ topics: HelpTopics) -> [String] {
        [
            "Type a statement, and it is said:         connect smtp mx.example.net:25",
            "Type an expression, and its value shows:  tls.version, reply, cert.expires",
            "",
        ] + topics.commands + [
            "",
            "Topics: \(HelpTopics.lists.joined(separator: ", ")), or any "
                + "of their words. `:examples` shows conversations.",
        ]
    }
}
