import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleyTLS
import ParleyWire

extension Session {
    /// Ends the connection, or our direction of it, as no polite client does.
    func cut(_ form: CloseForm) {
        switch form {
        case .politely:
            closePolitely()
        case .now:
            owner = nil
            abort(how: "closed")
        case .reset:
            owner = nil
            // It must not be closed in order before it is reset.
            let transport = transport
            transport?.reset()
            abort(how: "reset")
        case .half:
            isHalfClosed = true
            tlsEngine?.close()
            flushTLS()
            transport?.finishWriting()
        }
    }

    /// Says what the script wants said before the server has greeted.
    func talkEarly() {
        guard let octets = request.pregreet, !octets.isEmpty else { return }
        client.sentRaw(octets)
        isOwing = octets.contains(0x0A)
        write(Outgoing(octets), byHand: rawLogin.sent(octets))
    }
}
