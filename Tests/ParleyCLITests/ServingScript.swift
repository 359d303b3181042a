import Foundation

/// A scripted server in a process of its own, for tests of commands that speak to a server.
final class ServingScript {
    let port: Int
    private let server: BackgroundServer

    /// Starts a server with the given lines in its block.
    init(_ lines: String, as protocolName: String = "smtp") throws {
        let script = """
            server mx \(protocolName) on 127.0.0.1:auto {
            \(lines)
            }

            test "serve" timeout 5m {
                start mx
                pause 4m
            }
            """
        let file = FileManager.default.temporaryDirectory
            .appending(path: "parley-\(UUID().uuidString).parley")
        try Data(script.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        server = try BackgroundServer(Tool.binary.path, ["run", "--trace", file.path])
        port = try server.number(in: /listens on 127\.0\.0\.1:(\d+)\n/)
        server.ignoreOutput()
    }
}
