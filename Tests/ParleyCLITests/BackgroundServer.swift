import Foundation

/// A server in a process of its own that lives as long as a test; its standard input stays open and
/// silent.
final class BackgroundServer {
    private let process: PipedProcess

    /// Starts it.
    init(_ executable: String, _ arguments: [String]) throws {
        process = try PipedProcess(executable, arguments, hidesErrors: true)
    }

    deinit {
        process.end()
        close(process.input)
        close(process.output)
    }

    /// The number that it prints where the pattern's group stands.
    func number(in pattern: Regex<(Substring, Substring)>) throws -> Int {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            if let match = text.firstMatch(of: pattern), let number = Int(match.1) { return number }
            let count = read(process.output, &buffer, buffer.count)
            guard count > 0 else { throw PipedProcess.Failure(said: text) }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }

    /// Nobody reads what it prints any more; it must not wait for that.
    func ignoreOutput() {
        let descriptor = dup(process.output)
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 4096)
            while read(descriptor, &buffer, buffer.count) > 0 {}
            close(descriptor)
        }
    }
}
