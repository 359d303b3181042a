import Foundation

/// `openssl s_server` on a free port of loopback, to hold a survey against.
final class OpenSSLServer {
    let port: Int
    private let server: BackgroundServer

    /// Starts it with a fresh certificate and these options.
    init(_ options: [String], key: [String] = ["rsa:2048"]) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "parley-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (certificate, keyFile) = (folder.path + "/c.pem", folder.path + "/k.pem")
        _ = try Tool.run(
            ["req", "-x509", "-nodes", "-subj", "/CN=mx.test", "-days", "1", "-newkey"] + key
                + ["-keyout", keyFile, "-out", certificate],
            of: "/usr/bin/openssl"
        )
        server = try BackgroundServer(
            "/usr/bin/openssl",
            ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", keyFile] + options
        )
        port = try server.number(in: /ACCEPT 127\.0\.0\.1:(\d+)\s/)
        server.ignoreOutput()
    }
}
