/// What commands have set for the rest of the conversation.
struct ShellSettings {
    /// The limit of every phase of a statement in nanoseconds, in place of the defaults.
    var limit: Int64?
    /// Whether every statement says how long it took.
    var isTimed = false
    /// The profile that parameters follow.
    var profile: String?
}
