import ParleyVerbs
import ParleyWire
import Testing

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// What a parser makes of its input: replies, then perhaps the reason why it gave up.
struct Outcome: Equatable {
    var replies: [Reply] = []
    var reason: String?
    var pending = 0

    /// Feeds chunks, taking replies after each, as a driver does.
    init(_ chunks: [ArraySlice<UInt8>], limits: WireLimits = WireLimits()) {
        var parser = ReplyParser(limits: limits)
        for chunk in chunks where reason == nil {
            chunk.withUnsafeBytes { parser.append($0) }
            do {
                while let reply = try parser.next() { replies.append(reply) }
            } catch {
                reason = error.reason
            }
        }
        pending = parser.pending.count
    }
}

/// A client that was greeted, and perhaps further along.
func client(
    _ dialogue: [(call: VerbCall, reply: String)] = [],
    isEncrypted: Bool = false
) throws -> SMTPClient {
    let client = SMTPClient(defaultName: "probe.test")
    client.greeted(try reply("220 mx.test ESMTP\r\n"))
    for (call, answer) in dialogue { try step(client, call, answer, isEncrypted: isEncrypted) }
    return client
}

/// Sends a verb that gets this answer.
func step(
    _ client: SMTPClient,
    _ call: VerbCall,
    _ answer: String,
    isEncrypted: Bool = false
) throws {
    _ = try client.begin(call, isEncrypted: isEncrypted)
    _ = try client.resume(try reply(answer))
}

/// Why the verb is not sent; `nil` if it is.
func reason(_ client: SMTPClient, _ call: VerbCall, isEncrypted: Bool = false) -> String? {
    do {
        _ = try client.begin(call, isEncrypted: isEncrypted)
        return nil
    } catch {
        return error.reason
    }
}

func reply(_ wire: String) throws -> Reply {
    var parser = ReplyParser()
    bytes(wire).withUnsafeBytes { parser.append($0) }
    return try #require(try parser.next())
}

func call(_ name: String, _ words: String..., admitsRefusal: Bool = false) throws -> VerbCall {
    let spec = try #require(Protocols.registry["smtp"]?.verb(name))
    let arguments = words.enumerated().map { index, word in
        VerbArgument(slot: min(index, max(spec.slots.count - 1, 0)), bytes: bytes(word))
    }
    return VerbCall(spec, arguments: arguments, admitsRefusal: admitsRefusal)
}

extension VerbStep {
    /// The octets to be sent, as text.
    var sent: String? {
        if case .send(let outgoing) = self { text(outgoing.bytes) } else { nil }
    }

    var outgoing: Outgoing? {
        if case .send(let outgoing) = self { outgoing } else { nil }
    }

    var judged: Reply? {
        if case .done(let reply) = self { reply } else { nil }
    }
}
