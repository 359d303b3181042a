internal import CLinux
internal import Glibc

/// Options of sockets; what the system does not know is left alone.
enum SocketOption {
    static func turnOn(_ option: Int32, of level: Int32, on descriptor: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// The error that a socket keeps for whoever asks first; 0 if there is none.
    static func pendingError(of descriptor: Int32) -> Int32 {
        var number: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length)
        return number
    }
}
