import ParleyWire

/// What a recorded connection knows besides, where IMAP is spoken.
struct RecordedIMAP: Sendable {
    /// How much a response may hold that is understood; what is longer is kept as octets.
    private static let limits = WireLimits(
        line: Recorder.limit,
        buffer: Recorder.limit,
        literal: Recorder.limit
    )

    /// How many responses of an answer are kept one by one; those behind are kept as octets.
    static let pieceLimit = 500
    /// How many tags that come too early are remembered.
    static let earlyLimit = 64

    /// Hears what the client says, as the server that plays the recording does.
    var codec = IMAPServerCodec()
    /// Reads what the server says.
    var parser = IMAPParser(limits: limits)
    /// The tag of the command that is being answered; none before the greeting is.
    var tag: [UInt8] = []
    /// Tags that were answered before their commands had their turn.
    var early: Set<[UInt8]> = []
    /// Whether the client idles, so that its next line is DONE.
    var isIdling = false
    /// Whether the login that runs brought an initial response.
    var hasInitialResponse = false
    /// Whether the server has said what is no response, so that nobody knows where one begins.
    var isGarbled = false
}
