import Foundation

/// A scripted server in a process of its own, for tests of commands that speak to a server.
final class ServingScript {
    let port: Int
    private let process: Process

    /// Starts a server with the given lines in its block.
    init(_ lines: String, header: String = "") throws {
        let script = """
            server mx smtp on 127.0.0.1:auto\(header) {
            \(lines)
            }

            test "serve" {
                start mx
                pause 5m
            }
            """
        let file = FileManager.default.temporaryDirectory
            .appending(path: "parley-\(UUID().uuidString).parley")
        try Data(script.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        process = Tool.process(["run", "--trace", file.path])
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text = ""
        let marker = /listens on 127\.0\.0\.1:(\d+)\n/
        while true {
            if let match = text.firstMatch(of: marker), let number = Int(match.1) {
                port = number
                return
            }
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw NotServing(said: text) }
            text += String(decoding: more, as: UTF8.self)
        }
    }

    deinit {
        process.interrupt()
        process.interrupt()
        process.waitUntilExit()
    }

    struct NotServing: Error {
        var said: String
    }
}
