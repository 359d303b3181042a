/// Why a script cannot go on: a mistake that only shows while it runs.
public struct ScriptError: Error, Hashable, Sendable {
    /// The dotted reason: `script.value`, `script.session`, `local.file`.
    public var reason: String
    /// What is wrong, without a full stop.
    public var message: String

    /// A mistake.
    public init(_ reason: String, _ message: String) {
        self.reason = reason
        self.message = message
    }

    /// A value that does not fit.
    static func value(_ message: String) -> ScriptError {
        ScriptError("script.value", message)
    }

    /// A session that does not know yet, or no longer.
    static func session(_ message: String) -> ScriptError {
        ScriptError("script.session", message)
    }

    /// A name that nothing was bound to; in `finally` its statement is skipped.
    static func unbound(_ name: String) -> ScriptError {
        ScriptError(unboundReason, "‘\(name)’ has no value here")
    }

    static let unboundReason = "script.unbound"

    /// Whether `finally` skips the statement instead of warning about it.
    var isUnbound: Bool { reason == ScriptError.unboundReason }
}
