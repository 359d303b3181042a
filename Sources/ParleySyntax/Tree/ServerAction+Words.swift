extension ServerAction {
    /// The words that an action begins with, a row each; a reply begins with its code.
    public static let words: [(word: String, usage: String, help: String)] = [
        ("offers", "offers [PIPELINING, SIZE 1000]", "the capabilities of the reply to EHLO"),
        ("drop", "drop", "close the connection, once what stands before is sent"),
        ("reset", "reset", "close the connection with a TCP reset"),
        ("stall", "stall", "say nothing more and keep the connection open"),
        ("half-close", "half-close", "send a FIN and go on reading"),
        ("dribble", "dribble 10B every 200ms", "send the reply in pieces"),
        ("await", "await NAME [within 5s]", "wait until somebody gives the signal"),
        ("absent", "absent net.refused", "there is no connection, for this reason"),
        ("after", "after 1500ms", "wait before the reply"),
        ("alert", "alert handshake_failure", "a TLS alert, in clear, instead of a handshake"),
        ("challenge", "challenge \"text\"", "go on with the SASL exchange"),
        ("cut", "cut 5B", "send only the first octets of the reply"),
        ("ending", "ending \"\\n\"", "these octets end each line of the reply"),
        ("raw", "raw \"octets\"", "send the octets as they are"),
        ("repeat", "repeat 1000", "the raw octets before it, so many times"),
        ("sasl", "sasl wrong-signature", "what is wrong with the SASL exchange"),
        ("signal", "signal NAME", "let those go on who await the signal"),
        ("split", "split 1B", "so many octets in each write, from here on"),
        ("untagged", "untagged \"1 EXISTS\"", "a response of IMAP before the tagged one"),
    ]

    /// What a reply of IMAP begins with in place of a code, RFC 9051 §7.1.
    public static let statuses = ["OK", "NO", "BAD", "BYE", "PREAUTH"]
}
