internal import ParleyVerbs

extension SMTPConversation {
    /// What a command's line may hold, RFC 5321 §4.5.3.1.4.
    private static let commandLimit = 512

    /// Appends the line that begins a SASL exchange, RFC 4954.
    func encodeAuth(
        _ call: VerbCall,
        into encoding: inout SMTPEncoding,
        _ session: SMTPSession
    ) throws(WireError) -> RunningVerb {
        let login = SASLLogin(
            service: "smtp",
            host: Array((session.capabilities?.serverName ?? "").utf8),
            offered: session.capabilities?.authMechanisms ?? [],
            bindings: channelBindings,
            challenges: limits.challenges,
            makeNonce: makeNonce
        )
        let exchange = try login.exchange(call)
        let name = exchange.name
        let used = "AUTH  \r\n".utf8.count + name.utf8.count
        encoding.appendAuth(
            Array(name.utf8),
            exchange.initialResponse(room: Self.commandLimit - used)
        )
        return RunningVerb(verb: .auth, exchange: exchange)
    }

    /// What goes out after a reply to AUTH; `nil` if the reply is the last.
    ///
    /// - Throws: if the server broke the mechanism's rules. Both sides disagree about where the
    ///   exchange stands then, so that nothing can follow in the session.
    mutating func answer(
        _ exchange: SASLExchange,
        _ reply: Reply
    ) throws(WireError) -> Outgoing? {
        do throws(WireError) {
            guard reply.code == 334 else {
                try exchange.finish(isPositive: reply.isPositive)
                return nil
            }
            guard let message = try exchange.respond(to: reply.textBytes) else {
                return Outgoing(Array("*\r\n".utf8))
            }
            var encoding = SMTPEncoding()
            encoding.appendResponse(message)
            return encoding.outgoing
        } catch {
            session.phase = .closed
            pipeline = []
            owesCancellation = reply.code == 334 && error.code != .challenges
            throw error
        }
    }
}
