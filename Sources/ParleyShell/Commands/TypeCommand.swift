import ParleyDiagnostics
import ParleyReports
import ParleySemantics
import ParleySyntax

/// `:type EXPRESSION`
struct TypeCommand: ShellCommand {
    let name = "type"
    let arguments = "EXPRESSION"
    let help = "the kind of a value and its fields, without computing it"
    let completes = CommandArgument.variable

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        guard !argument.isEmpty else {
            return shell.complain("the kind of what?", help: ":type tls.version")
        }
        let known = shell.checker.names.first { $0.name == argument }
        if let known, ["session", "dialogue"].contains(known.kind) {
            shell.output.show([known.kind])
            return .done
        }
        let source = SourceText(name: shell.inputName, argument + "\n")
        let (tree, problems) = Parser.parse(source, naming: "it")
        let (piece, found) = shell.checker.check(tree)
        guard piece != nil, let variable = shell.checker.variable(named: "it") else {
            return shell.refuse(problems + found)
        }
        shell.checker.takeBack()
        let rows = KindFields.rows(of: variable.kind.plain).map { row in
            (name: ".\(row.field.rawValue)", value: "\(row.kind.name): \(row.help)")
        }
        shell.output.show { text in
            [text.bold(variable.kind.name)] + ValueText(text: text).table(rows).map { "  " + $0 }
        }
        return .done
    }
}
