import ParleySyntax

extension Statement {
    /// Whether a script has it at its top, and a test does not.
    var standsAtTop: Bool {
        switch kind {
        case .use, .profile, .parameter, .secret, .dialogue, .defaults, .timeouts: true
        default: false
        }
    }
}
