import ParleyMachine
import ParleyNetwork
import ParleyTLS
import ParleyVerbs
import ParleyWire

extension Session {
    /// Writes octets, through TLS if it is up, and keeps them in the transcript.
    func write(_ outgoing: Outgoing) {
        record(.client, outgoing.bytes, secrets: outgoing.secretRanges)
        put(outgoing.bytes)
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
        record(.server, reply.raw)
    }

    /// Keeps what was said, and publishes it if somebody follows the dialogue.
    func record(
        _ speaker: Dialogue.Speaker,
        _ bytes: [UInt8],
        secrets: [Range<Int>] = [],
        isPart: Bool = false
    ) {
        guard !bytes.isEmpty else { return }
        entries.append(speaker, bytes, secrets: secrets, isPart: isPart, at: clock)
        guard run.publishesDialogue else { return }
        let clean = run.redactor.scrub(bytes, secretRanges: secrets, isPart: isPart)
        switch speaker {
        case .client: publish(.sent(session: id, clean))
        case .server: publish(.received(session: id, clean))
        case .event: break
        }
    }

    /// The end of the dialogue, for a report.
    var dialogue: Dialogue {
        var lines = entries.lines(scrubbedBy: run.redactor)
        let held = client.heldBytes
        if !held.isEmpty {
            let clean = run.redactor.scrub(held, isPart: true)
            for line in clean.split(separator: 0x0A, omittingEmptySubsequences: true).suffix(8) {
                let text = line.last == 0x0D ? line.dropLast() : line
                lines.append(
                    Dialogue.Line(
                        time: clock,
                        speaker: .server,
                        text: Array(text),
                        isComplete: false
                    )
                )
            }
        }
        return Dialogue(
            session: info,
            peer: peer,
            tls: tlsInfo,
            lines: lines,
            dropped: entries.dropped
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
