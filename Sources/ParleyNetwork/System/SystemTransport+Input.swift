internal import CLinux
internal import Glibc

extension SystemTransport {
    /// Hands over what has arrived, until the socket is empty, reading is turned off or others are
    /// due.
    func read(untilEmpty: Bool) {
        var reads = 0
        while isReading, !isClosing, !hasInputEnded {
            guard reads < Self.readsPerTurn else {
                loop.later { self.read(untilEmpty: untilEmpty) }
                return
            }
            reads += 1
            let count = recv(descriptor, loop.input.baseAddress, loop.input.count, 0)
            if count > 0 {
                if !untilEmpty, count < loop.input.count { mayHaveInput = false }
                handler?.transportReceived(UnsafeRawBufferPointer(rebasing: loop.input[..<count]))
                guard mayHaveInput else { return }
            } else if count == 0 {
                inputEnded()
            } else if errno != EINTR {
                mayHaveInput = false
                guard errno != EAGAIN else { return }
                end(TransportError(errno: errno, call: "read", phase: .open))
            }
        }
    }

    /// The connection failed: what has arrived still reaches the handler, then the end does.
    func end(_ error: TransportError) {
        isReading = true
        while !isClosing, !hasInputEnded {
            let count = recv(descriptor, loop.input.baseAddress, loop.input.count, 0)
            guard count > 0 else { break }
            handler?.transportReceived(UnsafeRawBufferPointer(rebasing: loop.input[..<count]))
        }
        guard !isClosing else { return }
        finish(error)
    }

    private func inputEnded() {
        mayHaveInput = false
        hasInputEnded = true
        handler?.transportInputEnded()
        closeIfDone()
    }

    /// Both directions have ended: the connection is over, without anybody closing it.
    func closeIfDone() {
        guard hasInputEnded, hasOutputEnded, !isClosing else { return }
        close()
    }
}
