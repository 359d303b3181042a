import Foundation
import Testing

/// Handshakes with the `openssl` command's own server.
@Suite struct TLSPeerTests {
    private func play(
        _ server: OpenSSLServer,
        _ statements: String,
        files: [String: String] = [:]
    ) throws -> Tool.Outcome {
        var outcome = Tool.Outcome(status: -1, output: "", errors: "")
        let script = "test \"t\" timeout 20s {\n\(statements)\n}\n"
            .replacing("PORT", with: "\(server.port)")
        try Tool.withFolder(files.merging(["t.parley": script]) { $1 }) { folder in
            outcome = try Tool.run("run", "t.parley", in: folder)
        }
        return outcome
    }

    /// A finite field of 1024 bits (RFC 2409 section 6.2).
    private static let oakley = """
        -----BEGIN DH PARAMETERS-----
        MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
        Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
        /1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
        -----END DH PARAMETERS-----
        """

    @Test func `a finite field of 1024 bits needs a level that admits it`() throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "parley-dh-\(UUID().uuidString).pem")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(Self.oakley.utf8).write(to: file)
        let server = try OpenSSLServer([
            "-tls1_2", "-cipher", "DHE-RSA-AES128-SHA:@SECLEVEL=0", "-dhparam", file.path,
        ])
        let refused = try play(
            server,
            "connect tls 127.0.0.1:PORT verify none ciphers DHE-RSA-AES128-SHA"
        )
        #expect(refused.status == 1)
        #expect(refused.output.contains("tls.handshake.failed"), "\(refused)")
        #expect(refused.output.contains("dh key too small"), "\(refused)")
        let admitted = try play(
            server,
            """
            connect tls 127.0.0.1:PORT verify none ciphers DHE-RSA-AES128-SHA seclevel 1
            expect tls.cipher == "DHE-RSA-AES128-SHA"
            """
        )
        #expect(admitted.status == 0, "\(admitted)")
    }

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `a session is resumed on another connection`(_ version: String) throws {
        let server = try OpenSSLServer(["-rev"])
        let connect = "connect tls 127.0.0.1:PORT max \(version) verify none"
        let outcome = try play(
            server,
            """
            \(connect) as first
            send abc
            receive line => matching /cba/
            expect not tls.resumed
            close
            \(connect) resume first
            expect tls.resumed
            expect tls.version == \(version)
            send abc
            receive line => matching /cba/
            close
            """
        )
        #expect(outcome.status == 0, "\(outcome)")
    }

    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `a certificate that the server does not trust is refused by its alert`(
        _ version: String
    ) throws {
        // The server trusts nobody: its store is its own folder, which holds no authority.
        let server = try OpenSSLServer([
            "-Verify", "1", "-verify_return_error", "-no-CApath", "-no-CAfile", "-no-CAstore",
        ])
        var files: [String: String] = [:]
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "parley-own-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try Tool.run(
            [
                "req", "-x509", "-nodes", "-subj", "/CN=probe", "-days", "1", "-newkey", "ec",
                "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", "own.key", "-out", "own.pem",
            ],
            of: "/usr/bin/openssl",
            in: folder
        )
        for name in ["own.key", "own.pem"] {
            files[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        let outcome = try play(
            server,
            """
            connect tls 127.0.0.1:PORT max \(version) verify none cert own.pem key own.key
            send abc
            receive line
            """,
            files: files
        )
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("alert unknown_ca"), "\(outcome)")
        let without = try play(
            server,
            "connect tls 127.0.0.1:PORT max \(version) verify none\nsend abc\nreceive line"
        )
        #expect(without.status == 1)
        #expect(without.output.contains("tls.client-certificate-required"), "\(without)")
    }
}
