/// A command of the shell: `:caps`. One file each; ``ShellCommands`` lists them.
protocol ShellCommand: Sendable {
    /// The name without its colon.
    var name: String { get }
    /// What may follow, for `:help`: `FILE[:line]`; empty if nothing.
    var arguments: String { get }
    /// One line for people, without a full stop.
    var help: String { get }
    /// What the argument names, for completion.
    var completes: CommandArgument { get }

    /// Why it does not work where sessions and names are those of a test that stands still.
    var refusalForGuests: (message: String, help: String)? { get }

    /// Carries it out.
    ///
    /// - Parameter argument: what follows the name, without the spaces around it.
    func run(_ argument: String, in shell: Shell) async -> ShellResponse
}

extension ShellCommand {
    var arguments: String { "" }
    var completes: CommandArgument { .none }
    var refusalForGuests: (message: String, help: String)? { nil }
}
