internal import ParleyVerbs

extension SMTPConversation {
    /// The word that stands for the strongest mechanism that the server offers.
    private static let best = "BEST"

    /// What a command's line may hold, RFC 5321 §4.5.3.1.4.
    private static let commandLimit = 512

    /// Appends the line that begins a SASL exchange, RFC 4954.
    func encodeAuth(
        _ call: VerbCall,
        into encoding: inout SMTPEncoding,
        _ session: SMTPSession
    ) throws(WireError) -> RunningVerb {
        func argument(_ slot: Int) -> VerbArgument? { call.arguments.first { $0.slot == slot } }
        guard let word = argument(0)?.bytes, !word.isEmpty,
            word.allSatisfy({ 0x21...0x7E ~= $0 })
        else { throw WireError(.mechanism, "AUTH needs the name of a mechanism") }
        let (user, password) = (argument(1), argument(2))
        let offered = session.capabilities?.authMechanisms ?? []
        var name = String(decoding: word, as: UTF8.self).asciiUppercased
        if name == Self.best {
            name = try strongest(of: offered)
            guard user != nil else {
                throw WireError(.verb, "AUTH best needs a user and a password")
            }
        }
        guard call.admitsRefusal || call.isUnoffered || offered.contains(name) else {
            throw WireError(.mechanism, "the server does not offer AUTH \(name)")
        }
        let type = SASLMechanisms.mechanism(named: name)
        var mechanism: (any SASLMechanism)?
        // Without credentials the mechanism's name goes out alone, to see what the server says,
        // unless the mechanism needs none.
        if user != nil || type?.proof == .nothing {
            guard let type else {
                let known = SASLMechanisms.names.joined(separator: ", ")
                throw WireError(.mechanism, "AUTH \(name) is not spoken here; known: \(known)")
            }
            mechanism = try type.init(
                try credentials(user, password, for: type),
                try context(call, type, offered, session)
            )
        }
        let exchange = SASLExchange(name, mechanism, limit: limits.challenges)
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
                if reply.isPositive { try exchange.finish() }
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

    // MARK: - Private

    private func strongest(of offered: [String]) throws(WireError) -> String {
        let canBind = !channelBindings.isEmpty
        guard let type = SASLMechanisms.strongest(of: offered, canBind: canBind) else {
            let known = SASLMechanisms.all.filter { $0.proof == .password }.map { $0.name }
            throw WireError(
                .mechanism,
                "AUTH best: the server offers none of \(known.joined(separator: ", "))"
            )
        }
        return type.name
    }

    /// What the mechanism has to know; `binding` picks the type of channel binding.
    private func context(
        _ call: VerbCall,
        _ type: any SASLMechanism.Type,
        _ offered: [String],
        _ session: SMTPSession
    ) throws(WireError) -> SASLContext {
        var bindings = channelBindings
        if let wanted = call.clauses["binding"] {
            let kind = String(decoding: wanted.bytes, as: UTF8.self)
            guard type.bindsChannel else {
                throw WireError(
                    .verb,
                    "AUTH \(type.name) binds nothing; `binding` is for the -PLUS mechanisms"
                )
            }
            bindings.removeAll { $0.kind.rawValue != kind }
            guard !bindings.isEmpty else {
                throw WireError(
                    .mechanism,
                    "AUTH \(type.name): the connection cannot be bound by \(kind)"
                )
            }
        }
        return SASLContext(
            host: Array((session.capabilities?.serverName ?? "").utf8),
            bindings: bindings,
            offersChannelBinding: offered.contains { $0.hasSuffix("-PLUS") },
            makeNonce: makeNonce
        )
    }

    private func credentials(
        _ user: VerbArgument?,
        _ password: VerbArgument?,
        for type: any SASLMechanism.Type
    ) throws(WireError) -> SASLCredentials {
        switch type.proof {
        case .nothing:
            guard password == nil else {
                throw WireError(.verb, "AUTH \(type.name) takes a name at most, and no password")
            }
        case .password, .token:
            guard password != nil else {
                let proof = type.proof == .token ? "token" : "password"
                throw WireError(.verb, "AUTH \(type.name) needs a user and a \(proof)")
            }
        }
        return SASLCredentials(
            user: user?.bytes ?? [],
            password: password?.bytes ?? [],
            isUserSecret: user?.isSecret ?? false
        )
    }
}
