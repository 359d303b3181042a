/// `:edit [N]`
struct EditCommand: ShellCommand {
    let name = "edit"
    let arguments = "[N]"
    let help = "changes the last input, or that of a number in `:history`, in your editor"

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let inputs = shell.inputs
        let text: String
        if argument.isEmpty {
            text = inputs.last { $0.first != ":" } ?? ""
        } else {
            guard let number = Int(argument), inputs.indices.contains(number - 1) else {
                return shell.complain("no input ‘\(argument)’", help: "`:history` numbers them")
            }
            text = inputs[number - 1]
        }
        var end: Substring
        switch await shell.configuration.editText(text) {
        case .changed(let changed): end = changed[...]
        case .noEditor:
            return shell.complain(
                "no editor was there to change it",
                help: "export VISUAL or EDITOR; at a terminal only"
            )
        case .failed(let why):
            return shell.complain("nothing was changed: \(why)")
        }
        while end.last == "\n" || end.last == "\r\n" || end.last == " " { end = end.dropLast() }
        return end.isEmpty ? .done : ShellResponse(edit: String(end))
    }
}
