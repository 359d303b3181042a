/// What a server answered to a ``SurveyHello``.
public enum SurveyAnswer: Hashable, Sendable {
    /// It chose.
    case chosen(version: UInt16, suite: UInt16, group: UInt16?)
    /// It has nothing in common with what was offered, and said so by an alert.
    case refused
    /// It hung up without a word: it has nothing in common, or it answers us no more.
    case left
}
