import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyVerbs
import ParleyWire

extension Session {
    /// Writes octets, through TLS if it is up, and keeps them in the transcript.
    ///
    /// - Parameter byHand: what of them is a login, if a script wrote them itself.
    func write(_ outgoing: Outgoing, byHand: [RawLogin.Secret]? = nil) {
        let hidden = byHand ?? []
        for range in outgoing.secretRanges where range.upperBound <= outgoing.bytes.count {
            run.redactor.learn(outgoing.bytes[range], isEncoded: true)
        }
        for credential in hidden.flatMap(\.credentials) {
            run.redactor.learn(credential.octets, isEncoded: credential.isEncoded)
        }
        record(
            .client,
            outgoing.bytes,
            secrets: outgoing.secretRanges + hidden.map(\.range)
        )
        run.recorder?.note(self) {
            $0.sent(outgoing.bytes, isByHand: byHand != nil, at: clock)
        }
        put(outgoing.bytes)
    }

    /// What scripts make of their secrets (`upper(pass)`, a piece of it) is known to the redactor
    /// from the moment at which it is sent: no peer can echo it before.
    func learnSecrets(of call: VerbCall) {
        for argument in call.arguments where argument.isSecret { learn(argument.secrets) }
        for argument in call.clauses.values where argument.isSecret { learn(argument.secrets) }
    }

    /// Lets the redactor know octets that derive from secrets.
    func learn(_ secrets: [[UInt8]]) {
        for secret in secrets { run.redactor.learn(secret) }
    }

    /// Writes plaintext.
    func put(_ bytes: [UInt8]) {
        guard let tlsEngine else {
            transport?.write(bytes)
            return
        }
        tlsEngine.write(bytes)
        flushTLS()
    }

    /// Keeps a whole reply in the transcript.
    func note(reply: Reply) {
        lastReply = reply
        lastReplyTook = loop.now.nanoseconds - activityStarted.nanoseconds
        record(.server, reply.received)
    }

    /// Keeps what was said, and publishes it if somebody follows the dialogue.
    func record(
        _ speaker: Dialogue.Speaker,
        _ bytes: [UInt8],
        secrets: [Range<Int>] = [],
        isPart: Bool = false
    ) {
        guard !bytes.isEmpty else { return }
        if speaker == .server { rawLogin.received(bytes) }
        entries.append(speaker, bytes, secrets: secrets, isPart: isPart, at: clock)
        guard run.publishesDialogue else { return }
        let clean = run.redactor.scrub(bytes, secretRanges: secrets, isPart: isPart)
        switch speaker {
        case .client: publish(.sent(session: id, clean))
        case .server: publish(.received(session: id, clean))
        case .event: break
        }
    }

    /// The end of the dialogue as it is now, for a report.
    var dialogue: DialogueSnapshot {
        DialogueSnapshot(
            session: info,
            peer: peer,
            tls: tlsInfo,
            entries: entries,
            held: client.heldBytes,
            time: clock
        )
    }

    /// What the session is, for events.
    var info: SessionInfo {
        SessionInfo(
            id: id,
            label: label,
            protocolName: protocolName,
            target: run.redactor.scrub("\(request.target.endpoint)")
        )
    }

    /// Its TLS values, for events.
    var tlsInfo: TLSInfo? {
        tlsEngine?.summary.map {
            TLSInfo(version: $0.version, cipher: $0.cipher, isVerified: $0.verified)
        }
    }
}
