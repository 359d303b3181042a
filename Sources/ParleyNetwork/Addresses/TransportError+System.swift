internal import Glibc

extension TransportError {
    /// Where in a connection's life the system refused something.
    package enum Phase {
        /// Before any packet left: `socket`, `bind`, or a `connect` that failed at once.
        case local
        /// While the peer was being reached.
        case connecting
        /// On an open connection.
        case open
    }

    /// The error for an `errno`, with the system's words in ``detail``.
    ///
    /// `ENETUNREACH` at once means that this machine has no route; the same number later is an ICMP
    /// message from a router on the way.
    package init(errno number: Int32, call: String, phase: Phase) {
        let detail = "\(call): \(String(cString: strerror(number))) (\(number))"
        self.init(Self.code(of: number, phase: phase), detail)
    }

    private static func code(of number: Int32, phase: Phase) -> Code {
        switch number {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, EAGAIN: .resources
        case ECONNREFUSED: .refused
        // A unix socket that is not there: nobody listens, as far as the script is concerned.
        case ENOENT, ENOTDIR: .refused
        case ETIMEDOUT: .timeout
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN: phase == .local ? .local : .unreachable
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN, EBADF: .reset
        case EPERM, EACCES, EADDRNOTAVAIL, EADDRINUSE, EAFNOSUPPORT, EINVAL: .local
        default: phase == .open ? .reset : phase == .connecting ? .unreachable : .local
        }
    }
}
