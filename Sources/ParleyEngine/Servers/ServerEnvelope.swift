import ParleyWire

/// What a client has said of the message under way: whom it goes to, and what came of it so far.
struct ServerEnvelope {
    /// The recipients that were accepted, for LMTP's replies behind the dot.
    private(set) var recipients: [String] = []
    /// The path of the RCPT that is being answered.
    var candidate: String?
    /// What the chunks of BDAT have brought.
    private(set) var message: [UInt8] = []

    /// How many recipients are kept, and how many octets of a message.
    private static let recipientLimit = 1000
    private static let messageLimit = 1 << 20

    /// A command was answered.
    mutating func answered(_ event: String, code: Int?) {
        switch event {
        case "rcpt":
            if let candidate, code.map({ 200...299 ~= $0 }) == true,
                recipients.count < Self.recipientLimit
            {
                recipients.append(candidate)
            }
            candidate = nil
        case "mail", "rset", "ehlo", "helo", "lhlo", "starttls": self = ServerEnvelope()
        default: break
        }
    }

    mutating func add(_ chunk: SMTPServerChunk) {
        message += chunk.bytes.prefix(Self.messageLimit - message.count)
    }

    /// The next recipient behind the dot of LMTP.
    mutating func nextRecipient() -> String? {
        recipients.isEmpty ? nil : recipients.removeFirst()
    }
}
