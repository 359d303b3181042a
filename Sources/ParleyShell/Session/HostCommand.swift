/// A command of whoever runs the shell, who carries it out before the shell sees it.
public struct HostCommand: Sendable {
    /// The name without its colon.
    public var name: String
    /// How it is typed: `:break FILE:LINE`.
    public var usage: String
    /// One line for people, without a full stop.
    public var help: String

    /// A command.
    public init(_ name: String, usage: String, help: String) {
        self.name = name
        self.usage = usage
        self.help = help
    }
}
