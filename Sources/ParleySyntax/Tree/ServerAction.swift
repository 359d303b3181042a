public import ParleyDiagnostics

/// One thing that a scripted server does.
public struct ServerAction: Sendable {
    /// Where it stands.
    public var range: SourceRange
    /// What it is.
    public var kind: Kind

    /// An action.
    public init(range: SourceRange, kind: Kind) {
        self.range = range
        self.kind = kind
    }

    /// What a server does.
    public enum Kind: Sendable {
        /// `250 2.1.5 "text" "next line"`: a reply; no text stands for the code's usual one.
        case reply(code: Word, enhanced: Word?, lines: [Word])
        /// `NO [NONEXISTENT] "text"`: a status of IMAP; what stands in brackets may be left out.
        case status(Identifier, code: Word?, text: Word?)
        /// `untagged "3 EXISTS"`: data of IMAP that answers no command.
        case untagged(Word)
        /// `offers [PIPELINING, "SIZE 1000"]`: the capabilities of an EHLO reply.
        case offers([Word])
        /// `dribble 10B every 200ms`: sends the reply in pieces.
        case dribble(size: Word, every: Word)
        /// `after 1500ms`: waits first.
        case after(Word)
        /// `cut 5B`: sends only the first octets of the reply.
        case cut(Word)
        /// `ending "\n"`: these octets end each line of the reply, instead of CRLF.
        case ending(Word)
        /// `split 1B`: so many octets in each write, from here on.
        case split(Word)
        /// `challenge "text"`: goes on with a SASL exchange, the text in base64.
        case challenge(Word)
        /// `sasl wrong-signature`: what is wrong with the SASL exchange.
        case sasl(Word)
        /// `alert handshake_failure`: a TLS alert, in clear, instead of a handshake.
        case alert(Word)
        /// `absent net.refused`: there is no connection, for this reason.
        case absent(Word)
        /// `signal NAME`: lets those go on who await it.
        case signal(Word)
        /// `await NAME [within 5s]`: waits until somebody signals it.
        case await(Word, within: Word?)
        /// `half-close`: sends a FIN and goes on reading.
        case halfClose
        /// `drop`: closes the connection; behind a reply, once it is sent.
        case drop
        /// `reset`: closes the connection with a TCP reset.
        case reset
        /// `stall`: says nothing more and keeps the connection open.
        case stall
        /// `raw "bytes"`: sends the octets as they are.
        case raw(Word)
        /// `repeat N`: the raw octets before it, N times.
        case times(Word)
    }
}
