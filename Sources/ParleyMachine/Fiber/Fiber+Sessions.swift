import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

extension Fiber {
    /// The session in a slot, open or not.
    func session(_ slot: Int) throws -> any SessionHandle {
        guard let session = sessions[slot] else {
            if guardDepth > 0 { throw ScriptError.unbound("the session") }
            throw ScriptError.session(
                "there is no session here: no ‘connect’ has succeeded, or its block has ended"
            )
        }
        return session
    }

    /// The session in a slot, if something can be said on it.
    ///
    /// - Parameter admitsLoss: whether the script is content if the server has left: the driver
    ///   then answers how it did.
    /// - Parameter admitsUnread: whether what the server said before it left will do.
    func openSession(
        _ slot: Int,
        stage: String,
        admitsLoss: Bool = false,
        admitsUnread: Bool = false
    ) throws -> any SessionHandle {
        let session = try session(slot)
        guard !session.isOpen else { return session }
        if admitsUnread, session.hasUnread { return session }
        if guardDepth > 0 { throw ScriptError.unbound(session.label) }
        if admitsLoss, session.lost(before: stage) != nil { return session }
        if let loss = session.lost(before: stage) {
            let error = unexpected(
                .failed(loss),
                stage: stage,
                family: session.family,
                handle: session
            )
            guard var failure = error as? Failure else { throw error }
            // Another round would find the session no better.
            failure.isHopeless = true
            throw failure
        }
        throw Failure(
            finding: Finding(
                verdict: .fail,
                reason: "\(session.family).closed",
                stage: stage,
                message: "\(stage): the session was closed before",
                place: code.place(at: position),
                notes: session.lastReply.map { ["the last reply was: \($0.summary)"] } ?? [],
                session: session.id,
                steps: steps
            ),
            isHopeless: true
        )
    }

    /// An attribute that an expression names. What is not known yet is an error, never false.
    func attribute(_ attribute: SessionAttribute, of slot: Int) throws -> Value {
        let session = try session(slot)
        switch attribute {
        case .tls:
            guard let tls = session.tls else {
                throw ScriptError.session(
                    "‘tls’ is not known: no TLS has been started on this session"
                )
            }
            return .record(RecordBox(.tls(tls)))
        case .cert:
            let chain = session.certificates
            guard let leaf = chain.first else {
                throw ScriptError.session(
                    "‘cert’ is not known: the peer has shown no certificate on this session"
                )
            }
            return .record(RecordBox(.certificate(leaf, chain: chain)))
        case .banner:
            guard let banner = session.banner else {
                throw ScriptError.session("‘banner’ is not known: the session had no greeting")
            }
            return .string(banner.text)
        case .reply:
            guard let reply = session.lastReply else {
                throw ScriptError.session("‘reply’ is not known: no reply has come yet")
            }
            return .reply(ReplyRecord(reply, took: session.lastReplyTook))
        case .capabilities:
            return .record(
                RecordBox(.capabilities(try capabilities(of: session, "‘capabilities’")))
            )
        case .peer: return .endpoint(session.peer)
        case .protocol: return .string(session.protocolName)
        case .state: return .string(session.state)
        case .transcript: return .string(session.transcript)
        }
    }

    /// What the server offers, if that is known.
    private func capabilities(
        of session: any SessionHandle,
        _ what: String
    ) throws -> Capabilities {
        if let known = session.capabilities { return known }
        if session.family == "imap" {
            throw ScriptError.session(
                "\(what) is not known: the server has not told it since the connection, TLS or "
                    + "the login began; say ‘capability’ first"
            )
        }
        let lack =
            session.tls == nil
            ? "no EHLO has been answered; say ‘ehlo’ first"
            : "no EHLO has been answered since TLS began; say ‘ehlo’ again behind ‘starttls’"
        throw ScriptError.session("\(what) is not known: \(lack)")
    }

    /// `offers CAP …`; the compared parameter goes into the site's register.
    func offers(_ site: OffersSite) throws -> Bool {
        let session = try session(site.slot)
        let capabilities = try capabilities(of: session, "‘offers \(site.capability)’")
        var parameters = capabilities.parameters(of: site.capability)
        // RFC 8689 §3: outside TLS the keyword is void.
        if session.tls == nil, site.capability.asciiUppercased == "REQUIRETLS" { parameters = nil }
        registers[Int(site.actual)] = .none
        switch site.test {
        case .present:
            return parameters != nil
        case .includes(let wanted):
            guard let parameters else { return false }
            registers[Int(site.actual)] = .list(parameters.map(Value.string))
            let offered = Set(parameters.map(\.asciiUppercased))
            return wanted.allSatisfy { offered.contains($0.asciiUppercased) }
        case .compares(let operation, let register):
            guard let text = parameters?.first else { return false }
            return try compare(text, operation, registers[Int(register)], site)
        case .states(let name, let operation, let register):
            guard let text = capabilities.parameter(name, of: site.capability) else {
                return false
            }
            return try compare(text, operation, registers[Int(register)], site)
        }
    }

    /// Compares what a capability states; what is not of the bound's kind does not fit.
    private func compare(
        _ text: String,
        _ operation: BinaryOperator,
        _ bound: Value,
        _ site: OffersSite
    ) throws -> Bool {
        let actual = Fiber.parameter(text, like: bound)
        registers[Int(site.actual)] = actual
        if case .size(0) = actual, site.capability.asciiUppercased == "SIZE" {
            // RFC 1870 §4: 0 means that there is no fixed limit.
            let unlimited = try Operators.apply(operation, .size(.max), bound)
            if case .bool(let flag) = unlimited { return flag }
        }
        if case .string = actual, !bound.isTextual { return false }
        if case .bool(let flag) = try Operators.apply(operation, actual, bound) { return flag }
        return false
    }

    /// A capability's parameter as the kind it is compared with; text where it is not one.
    private static func parameter(_ text: String, like bound: Value) -> Value {
        switch bound {
        case .size:
            guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let octets = Int64(text) else {
                return .string(text)
            }
            return .size(octets)
        // DELIVERBY and FUTURERELEASE count in seconds.
        case .duration:
            guard text.utf8.count <= 9, let seconds = Int64(text) else { return .string(text) }
            return .duration(seconds * 1_000_000_000)
        case .int, .float: return Int(text).map { .int($0) } ?? .string(text)
        default: return .string(text)
        }
    }

    /// The nearest thing to an `offers` test that failed: the line as advertised, or the keyword
    /// that is spelled almost like it.
    func nearest(_ site: OffersSite) -> String? {
        guard let capabilities = sessions[site.slot]?.capabilities else { return nil }
        return capabilities.line(of: site.capability)
            ?? Suggestion.nearest(to: site.capability, among: capabilities.keywords)
    }
}
