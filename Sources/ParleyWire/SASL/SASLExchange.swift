/// An AUTH that is under way.
final class SASLExchange {
    /// The mechanism's name in upper case.
    let name: String
    private let limit: Int
    private var mechanism: (any SASLMechanism)?
    /// What the mechanism says first and the command's line had no room for.
    private var delayed: SASLMessage?
    private var challenges = 0
    private(set) var isCancelled = false
    /// Whether the server asked again after the mechanism had said all that it has to say.
    private var isExhausted: Bool { isCancelled && mechanism != nil }
    /// Whether the work for the next answer was handed out.
    private var isPrepared = false

    /// An exchange of at most `limit` challenges; without a mechanism it is only asked for, and
    /// then cancelled.
    init(_ name: String, _ mechanism: (any SASLMechanism)? = nil, limit: Int) {
        self.name = name
        self.mechanism = mechanism
        self.limit = limit
    }

    /// What goes out with the command, whose line may hold `room` octets of it in base64.
    ///
    /// RFC 4954 §4 keeps the command's line to the 512 octets of RFC 5321; what is longer, a token
    /// for example, waits for an empty challenge. Without any room, all of it does.
    func initialResponse(room: Int?) -> SASLMessage? {
        let message = mechanism?.initialResponse()
        guard let message else { return nil }
        if let room, (message.bytes.count + 2) / 3 * 4 <= room { return message }
        delayed = message
        return nil
    }

    /// The answer to a challenge, or `nil` if the exchange has to be cancelled, if need be again.
    ///
    /// - Throws: what the mechanism throws, or `limit.challenges`.
    func respond(to challenge: [UInt8]) throws(WireError) -> SASLMessage? {
        challenges += 1
        isPrepared = false
        guard challenges <= limit else {
            throw WireError(.challenges, "AUTH \(name): the server sent over \(limit) challenges")
        }
        guard !isCancelled else { return nil }
        let message = try answer(challenge)
        isCancelled = message == nil
        return message
    }

    /// What is worth doing elsewhere before the reply is answered; once for each, whatever comes of
    /// it: a key that cannot be derived would be asked for again and again.
    func work(for reply: Reply) -> (@Sendable () -> Void)? {
        guard reply.isChallenge, !isCancelled, !isPrepared, delayed == nil, challenges < limit,
            let mechanism, let decoded = Base64.decode(reply.textBytes)
        else { return nil }
        isPrepared = true
        return mechanism.work(for: decoded)
    }

    /// The server ended the exchange, with a yes or a no.
    ///
    /// - Throws: `auth.refused` for a yes that is worth nothing, and for any end of an exchange
    ///   that had to be cancelled because the server kept asking: its no answers our `*`.
    func finish(isPositive: Bool) throws(WireError) {
        guard !isExhausted else {
            throw .refused(name, "the server asked again after all was said, until it was told ‘*’")
        }
        guard isPositive else { return }
        guard !isCancelled else {
            throw .refused(name, "the server says yes to an exchange that was cancelled")
        }
        guard delayed == nil else {
            throw .refused(name, "the server says yes without having asked for anything")
        }
        try mechanism?.finish()
    }

    private func answer(_ challenge: [UInt8]) throws(WireError) -> SASLMessage? {
        if let delayed {
            self.delayed = nil
            return delayed
        }
        guard mechanism.map({ type(of: $0).readsChallenges }) == true else {
            return try mechanism?.respond(to: challenge)
        }
        guard let decoded = Base64.decode(challenge) else {
            throw .refused(name, "the server's challenge is no base64")
        }
        return try mechanism?.respond(to: decoded)
    }
}
