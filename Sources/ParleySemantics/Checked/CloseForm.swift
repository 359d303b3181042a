/// How `close` ends a session.
public enum CloseForm: String, Hashable, Sendable, CaseIterable {
    /// `close`: with the protocol's farewell, if it may be said.
    case politely
    /// `close now`: without a word, but in order (a FIN).
    case now
    /// `close reset`: with a reset (a RST), as a program that crashed.
    case reset
    /// `close half`: our direction only (a FIN); what the server says is still read.
    case half
}
