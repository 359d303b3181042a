/// A command as help and completion know it.
struct CommandRow {
    /// The name without its colon.
    var name: String
    /// How it is typed: `:use NAME|NUMBER`.
    var usage: String
    /// One line for people.
    var help: String
    /// What the argument names.
    var completes = CommandArgument.none
}

extension ShellConfiguration {
    /// The commands that work here: those of whoever runs the shell first, then the shell's own as
    /// far as they are not refused and not another's.
    var commandRows: [CommandRow] {
        let host = hostCommands.map { CommandRow(name: $0.name, usage: $0.usage, help: $0.help) }
        let taken = Set(host.map(\.name))
        let own = ShellCommands.all.filter { command in
            !taken.contains(command.name) && (host.isEmpty || command.refusalForGuests == nil)
        }
        return host
            + own.map { command in
                CommandRow(
                    name: command.name,
                    usage: HelpTopics.usage(of: command),
                    help: command.help,
                    completes: command.completes
                )
            }
    }

    /// The commands that a name may mean; one where it is whole, or cut short and unique.
    func commandRows(fitting name: String) -> [CommandRow] {
        let rows = commandRows
        return rows.first { $0.name == name }.map { [$0] }
            ?? rows.filter { $0.name.hasPrefix(name) }
    }
}
