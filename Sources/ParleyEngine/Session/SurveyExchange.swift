import ParleyTLS

/// A hello by hand on one session, and what the server answers to it.
final class SurveyExchange {
    let hello: SurveyHello
    var reader: SurveyReader
    var isUnderWay = false
    /// Whether the server has said anything since.
    var hasAnswered: Bool { reader.received > 0 }
    var answer: SurveyAnswer?

    init(_ hello: SurveyHello) {
        self.hello = hello
        reader = SurveyReader(hello)
    }
}
