import Glibc

/// Standard output and standard error, written to without a buffer of our own.
enum StandardStream {
    case output
    case error

    var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Writes the text; whether somebody takes it.
    @discardableResult
    func write(_ text: String) -> Bool { write(octets: Array(text.utf8)) }

    /// Writes the octets; whether somebody takes them.
    @discardableResult
    func write(octets: [UInt8]) -> Bool { Self.write(octets, to: descriptor) }

    static func write(_ octets: [UInt8], to descriptor: Int32) -> Bool {
        octets.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = Glibc.write(descriptor, part.baseAddress, part.count)
                if count < 0, errno == EINTR { continue }
                if count < 0, errno == EAGAIN {
                    // A terminal that another program left non-blocking: wait until it takes more.
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&wait, 1, -1)
                    continue
                }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
