/// What the argument of a command names, so that an editor can complete it.
enum CommandArgument: Sendable, Equatable {
    /// Nothing that can be completed.
    case none
    /// A path.
    case file
    /// A name in scope, or an expression made of such names.
    case variable
    /// A session's label.
    case session
    /// A topic of `:help`, or a reason.
    case topic
    /// One of these words.
    case words([String])
}
