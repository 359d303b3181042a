/// When output is coloured: the values of `--color`.
public enum ColorMode: String, CaseIterable, Sendable {
    /// At a terminal, unless the environment says otherwise.
    case auto
    /// Always.
    case always
    /// Never.
    case never

    /// Whether to colour.
    ///
    /// `always` and `never` decide. For `auto`, in this order: `NO_COLOR` (not empty) forbids,
    /// `CLICOLOR_FORCE` (not empty, not `0`) demands, `TERM=dumb` and `CLICOLOR=0` forbid, and else
    /// it depends on the output being a terminal.
    ///
    /// - Parameters:
    ///   - variable: looks a variable of the environment up.
    ///   - isTerminal: whether the output is a terminal.
    public func resolve(variable: (String) -> String?, isTerminal: Bool) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto: break
        }
        if let value = variable("NO_COLOR"), !value.isEmpty { return false }
        if let value = variable("CLICOLOR_FORCE"), !value.isEmpty, value != "0" { return true }
        if variable("TERM") == "dumb" || variable("CLICOLOR") == "0" { return false }
        return isTerminal
    }
}
