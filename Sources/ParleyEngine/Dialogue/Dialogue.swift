/// The end of a session's dialogue, scrubbed of secrets: what a failure shows.
public struct Dialogue: Sendable {
    /// The session.
    public var session: SessionInfo
    /// The peer's address and port; empty if it was never reached.
    public var peer: String
    /// TLS values, if the session was secured.
    public var tls: TLSInfo?
    /// The last lines, oldest first.
    public var lines: [Line]
    /// How many earlier lines were dropped.
    public var dropped: Int

    /// A dialogue.
    public init(session: SessionInfo, peer: String, tls: TLSInfo?, lines: [Line], dropped: Int) {
        self.session = session
        self.peer = peer
        self.tls = tls
        self.lines = lines
        self.dropped = dropped
    }

    /// Who speaks in a line.
    public enum Speaker: String, Sendable {
        /// We: the client.
        case client = "C"
        /// The peer: the server.
        case server = "S"
        /// Nobody: the connection, TLS.
        case event = "*"
    }

    /// A line of a dialogue.
    public struct Line: Sendable {
        /// Nanoseconds since the session began to connect.
        public var time: Int64
        /// Who speaks.
        public var speaker: Speaker
        /// The line without its line end, as it went over the wire; raw, secrets scrubbed.
        public var text: [UInt8]
        /// Whether the line was complete: ended by CRLF (or LF).
        public var isComplete: Bool

        /// A line.
        public init(time: Int64, speaker: Speaker, text: [UInt8], isComplete: Bool = true) {
            self.time = time
            self.speaker = speaker
            self.text = text
            self.isComplete = isComplete
        }
    }
}
