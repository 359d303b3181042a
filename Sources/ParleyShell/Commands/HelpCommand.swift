import ParleyReports
import ParleyVerbs
import ParleyWire

/// `:help [topic]`
struct HelpCommand: ShellCommand {
    let name = "help"
    let arguments = "[topic]"
    let help = "what can be typed; a verb or a command as topic tells more"
    let completes = CommandArgument.topic

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        if argument.isEmpty {
            shell.output.show(overview)
            return .done
        }
        let topic = argument.first == ":" ? String(argument.dropFirst()) : argument
        if let command = ShellCommands.all.first(where: { $0.name == topic }) {
            shell.output.show { text in [text.bold(Self.usage(of: command)), "  \(command.help)"] }
            return .done
        }
        let rows = Protocols.registry.protocols.compactMap { spec in
            spec.verb(topic).map { (spec, $0) }
        }
        guard !rows.isEmpty else {
            return shell.complain(
                "nothing is known of ‘\(topic)’",
                help: "`:help` lists commands, `:explain` tells reasons"
            )
        }
        var seen: Set<String> = []
        for (spec, verb) in rows where seen.insert("\(spec.family) \(verb.help)").inserted {
            shell.output.show { text in VerbText(spec: spec, verb: verb).lines(text) }
        }
        return .done
    }

    private func overview(_ text: LiveText) -> [String] {
        let width = ShellCommands.all.map { Self.usage(of: $0).count }.max() ?? 0
        let commands = ShellCommands.all.map { command in
            let usage = Self.usage(of: command)
            let gap = String(repeating: " ", count: width - usage.count + 2)
            return "  " + text.bold(usage) + gap + command.help
        }
        return [
            "Type a statement of the language, and it is said: connect smtp mx.example.net:25",
            "Type an expression, and its value is shown: tls.version, reply, cert.expires",
            "",
        ] + commands
    }

    private static func usage(of command: any ShellCommand) -> String {
        command.arguments.isEmpty ? ":\(command.name)" : ":\(command.name) \(command.arguments)"
    }
}
