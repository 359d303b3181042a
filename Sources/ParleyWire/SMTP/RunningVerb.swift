/// A verb that went out and whose final reply is awaited.
struct RunningVerb {
    /// `nil` for a verb that changes nothing.
    var verb: SMTPVerb?

    /// The exchange of an AUTH.
    var exchange: SASLExchange?
}

/// An AUTH that is under way.
final class SASLExchange {
    private var mechanism: (any SASLMechanism)?
    private(set) var isCancelled = false

    init(_ mechanism: (any SASLMechanism)? = nil) {
        self.mechanism = mechanism
    }

    /// The answer to a challenge, or `nil` if the exchange has to be cancelled.
    func respond(to challenge: [UInt8]) -> SASLMessage? {
        let message = mechanism?.respond(to: challenge)
        isCancelled = message == nil
        return message
    }
}
