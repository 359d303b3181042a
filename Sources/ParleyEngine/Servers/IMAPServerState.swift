import ParleySemantics
import ParleyWire

/// What a connection of a scripted server knows besides, where it speaks IMAP.
struct IMAPServerState {
    var codec = IMAPServerCodec()
    /// The tag of the command that is being answered; none before the greeting is.
    var tag: [UInt8] = []
    /// Whether the client idles, so that the next line is DONE.
    var isIdling = false
    /// Whether the literal that is waited with is to be sent, unless its rule says otherwise.
    var grantsLeave = false
    /// What the rules say that it offers.
    var offered: [String]?
}
