/// A verb that went out and whose final reply is awaited.
struct RunningVerb {
    /// `nil` for a verb that changes nothing.
    var verb: SMTPVerb?

    /// The exchange of an AUTH.
    var exchange: SASLExchange?
}
