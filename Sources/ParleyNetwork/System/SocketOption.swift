internal import CLinux
internal import Glibc

/// Options of sockets; what the system does not know is left alone.
enum SocketOption {
    static func turnOn(_ option: Int32, of level: Int32, on descriptor: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
