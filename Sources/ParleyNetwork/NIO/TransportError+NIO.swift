internal import NIOCore

extension TransportError {
    /// The error for what NIO threw.
    init(_ error: any Error, phase: Phase) {
        switch error {
        case let error as TransportError:
            self = error
        case let error as IOError:
            self.init(
                errno: error.errnoCode,
                call: phase == .open ? "socket" : "connect",
                phase: phase
            )
        case ChannelError.connectTimeout:
            self.init(.timeout, "connect: timed out")
        case let error as EventLoopError:
            self.init(.local, "the network is shut down (\(error))")
        default:
            self.init(phase == .open ? .reset : .local, String(describing: error))
        }
    }
}
