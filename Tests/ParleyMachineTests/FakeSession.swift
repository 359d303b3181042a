import ParleyMachine
import ParleyTLS
import ParleyWire

/// A session whose peer is a table.
final class FakeSession: SessionHandle, @unchecked Sendable {
    let id: Int
    let label: String
    let protocolName: String
    var family: String { protocolName }
    var state = "ready"
    var isOpen = true
    var peer = "127.0.0.1:2525"
    var banner: Reply?
    var lastReply: Reply?
    var lastReplyTook: Int64 = 12_000_000
    var capabilities: Capabilities?
    var tls: TLSSummary?
    var certificates: [Certificate] = []
    var transcript = ""

    init(id: Int, label: String, protocolName: String) {
        self.id = id
        self.label = label
        self.protocolName = protocolName
    }
}

final class FakeServer: ServerHandle, @unchecked Sendable {
    let name: String
    let address = "127.0.0.1:40123"
    var counts: [String: Int] = [:]
    var lines: [String] { counts.map(\.key) }

    init(name: String) {
        self.name = name
    }

    func count(_ verb: String) -> Int { counts[verb] ?? 0 }
}

/// A whole reply out of its text; lines are separated by LF.
func reply(_ text: String) -> Reply {
    var parser = ReplyParser()
    let wire = text.split(separator: "\n").map { $0 + "\r\n" }.joined()
    Array(wire.utf8).withUnsafeBytes { parser.append($0) }
    guard let reply = try? parser.next() else { preconditionFailure("not a reply: \(text)") }
    return reply
}
