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
        let variables = shell.checker.variables
        let values = await shell.live.values(of: variables)
        let held = Dictionary(
            zip(variables.map(\.name), values),
            uniquingKeysWith: { first, _ in first }
        )
        let width = names.map(\.kind.count).max() ?? 0
        shell.output.show { text in
            ValueText(text: text).table(
                names.map { name, kind in
                    let gap = String(repeating: " ", count: width - kind.count + 2)
                    guard let value = held[name] ?? nil else { return (name, kind) }
                    return (name, kind + gap + value.display)
                }
            )
        }
        return .done
    }
}
