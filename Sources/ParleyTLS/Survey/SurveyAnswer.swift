/// What a server answered to a ``SurveyHello``.
public enum SurveyAnswer: Hashable, Sendable {
    /// It chose.
    case chosen(version: UInt16, suite: UInt16, group: UInt16?)
    /// It has nothing in common with what was offered: an alert, or it left.
    case refused
}
