internal import CLinux
internal import Glibc

extension SystemTransport: Transport {
    var localEndpoint: Endpoint? {
        guard isConnected, descriptor >= 0 else { return nil }
        return SocketName.local(of: descriptor)?.endpoint
    }

    var attempts: [ConnectAttempt] { race?.report ?? [] }

    var pendingBytes: Int { outbox.count - sent }

    func write(_ bytes: [UInt8]) {
        guard !isClosing, !wantsOutputEnd, !wantsClose, !bytes.isEmpty else { return }
        guard isConnected, pendingBytes == 0 else {
            outbox.append(contentsOf: bytes)
            return
        }
        guard let count = send(bytes, from: 0), count < bytes.count else { return }
        outbox = Array(bytes[count...])
        sent = 0
    }

    func setReading(_ reading: Bool) {
        guard isReading != reading, !isClosing else { return }
        isReading = reading
        if reading, mayHaveInput { loop.later { self.read(untilEmpty: true) } }
    }

    func finishWriting() {
        guard !isClosing, !wantsOutputEnd, !wantsClose else { return }
        wantsOutputEnd = true
        if isConnected, pendingBytes == 0 { endOutput() }
    }

    func close() {
        guard !isClosing else { return }
        isClosing = true
        outbox = []
        sent = 0
        closeDescriptor()
        loop.later { self.finish(nil) }
    }

    func closeAfterWriting() {
        guard !isClosing, !wantsClose else { return }
        wantsClose = true
        if isConnected, pendingBytes == 0 { close() }
    }

    func reset() {
        guard !isClosing else { return }
        if descriptor >= 0 {
            var lingerless = linger(l_onoff: 1, l_linger: 0)
            let length = socklen_t(MemoryLayout<linger>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &lingerless, length)
        }
        close()
    }

    /// Sends what waits, and what was asked for once it is gone.
    func flush() {
        let hasWaited = pendingBytes > 0
        while pendingBytes > 0 {
            guard let count = send(outbox, from: sent) else { return }
            sent += count
            guard count > 0 else { return shrink() }
        }
        outbox = []
        sent = 0
        if wantsClose {
            close()
        } else if wantsOutputEnd {
            endOutput()
        } else if hasWaited {
            handler?.transportDrained()
        }
    }

    /// Forgets what went out, before it is most of what is held.
    private func shrink() {
        guard sent > 1 << 16, sent > outbox.count / 2 else { return }
        outbox.removeFirst(sent)
        sent = 0
    }

    /// How many octets the socket took; `nil` if it failed, which is told in the next round.
    private func send(_ bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { all in
            let rest = UnsafeRawBufferPointer(rebasing: all[start...])
            while true {
                let count = Glibc.send(
                    descriptor,
                    rest.baseAddress,
                    rest.count,
                    Int32(MSG_NOSIGNAL)
                )
                if count >= 0 { return count }
                switch errno {
                case EINTR: continue
                case EAGAIN: return 0
                default:
                    outputFailed(TransportError(errno: errno, call: "write", phase: .open))
                    return nil
                }
            }
        }
    }

    private func outputFailed(_ error: TransportError) {
        outbox = []
        sent = 0
        wantsOutputEnd = true
        loop.later { self.end(error) }
    }

    private func endOutput() {
        guard !hasInputEnded else { return close() }
        guard !hasOutputEnded else { return }
        hasOutputEnded = true
        shutdown(descriptor, Int32(SHUT_WR))
    }
}
