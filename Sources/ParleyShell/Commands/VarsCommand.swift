import ParleyEngine
import ParleyMachine
import ParleySemantics

/// `:vars`
struct VarsCommand: ShellCommand {
    let name = "vars"
    let help = "the names that can be used, and what they hold"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let names = shell.checker.names
        guard !names.isEmpty else {
            shell.output.show(["no names yet: let NAME = VALUE"])
            return .done
        }
        shell.output.show { text in
            ValueText(text: text).table(names.map { ($0.name, $0.kind) })
        }
        return .done
    }
}

/// `:reset`
struct ResetCommand: ShellCommand {
    let name = "reset"
    let help = "close every session and forget every name"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        await shell.beginAnew()
        return .done
    }
}

/// `:explain REASON`
struct ExplainCommand: ShellCommand {
    let name = "explain"
    let arguments = "[REASON|CODE]"
    let help = "what a reason or an error's code means; the last failure's by itself"
    let completes = CommandArgument.topic

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let last = shell.entries.last { !$0.succeeded }?.outcome.findings.last?.reason
        guard let reason = argument.isEmpty ? last : argument else {
            return shell.complain("nothing has failed yet", help: ":explain smtp.reply")
        }
        guard let lines = shell.configuration.explain(reason) else {
            return shell.complain("no reason or code ‘\(reason)’")
        }
        shell.output.show(lines)
        return .done
    }
}

/// `:quit`
struct QuitCommand: ShellCommand {
    let name = "quit"
    let help = "take leave of every session and end"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        ShellResponse(isEnd: true)
    }
}
