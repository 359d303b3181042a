internal import ParleyVerbs

/// What `auth MECHANISM USER PASSWORD` means on one session: the same for every protocol.
struct SASLLogin {
    /// The word that stands for the strongest mechanism that the server offers.
    private static let best = "BEST"

    /// The service's name in the registry of GSSAPI: `smtp`, `imap`.
    var service: String

    /// What the server calls itself; may be empty.
    var host: [UInt8]

    /// The mechanisms that the server offers, in upper case.
    var offered: [String]

    /// What the TLS connection can be bound by.
    var bindings: [ChannelBinding]

    /// The most challenges of an exchange.
    var challenges: Int

    /// See ``SASLContext/makeNonce``.
    var makeNonce: @Sendable () -> [UInt8]

    /// The exchange that a script asks for.
    ///
    /// - Throws: `auth.mechanism` for a mechanism that one side does not know, `script.verb` for
    ///   credentials that do not fit it.
    func exchange(_ call: VerbCall) throws(WireError) -> SASLExchange {
        func argument(_ slot: Int) -> VerbArgument? { call.arguments.first { $0.slot == slot } }
        guard let word = argument(0)?.bytes, !word.isEmpty,
            word.allSatisfy({ 0x21...0x7E ~= $0 })
        else { throw WireError(.mechanism, "AUTH needs the name of a mechanism") }
        let (user, password) = (argument(1), argument(2))
        var name = String(decoding: word, as: UTF8.self).asciiUppercased
        if name == Self.best {
            name = try strongest()
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
                try context(call, type)
            )
        }
        return SASLExchange(name, mechanism, limit: challenges)
    }

    private func strongest() throws(WireError) -> String {
        let type = SASLMechanisms.strongest(of: offered, canBind: !bindings.isEmpty)
        guard let type else {
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
        _ type: any SASLMechanism.Type
    ) throws(WireError) -> SASLContext {
        var bindings = bindings
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
            service: service,
            host: host,
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
