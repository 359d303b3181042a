import Glibc
import ParleyNetwork

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
    func write(octets: [UInt8]) -> Bool {
        FileWriter.write(octets, to: descriptor)
    }
}
