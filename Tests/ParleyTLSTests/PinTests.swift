import Foundation
import ParleyTLS
import Testing

/// Fingerprints and pins beside those that the `openssl` command computes.
@Suite("Pins")
struct PinTests {
    /// Runs a pipeline of the `openssl` command on a certificate.
    private func shell(_ command: String, _ certificate: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command, "sh", certificate.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test(
        "are those of the openssl command, for each kind of key",
        arguments: [CertificateRequest.KeyKind.ec256, .rsa2048]
    )
    func pins(kind: CertificateRequest.KeyKind) throws {
        var request = CertificateRequest(names: ["mx.example"])
        request.keyKind = kind
        let identity = try Authorities.house.issue(request)
        let certificate = try #require(Certificate.read(pem: identity.certificatePEM).first)
        let file = FileManager.default.temporaryDirectory
            .appending(path: "parley-pin-\(UUID().uuidString).pem")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(identity.certificatePEM).write(to: file)
        let pin = try shell(
            "openssl x509 -in \"$1\" -noout -pubkey | openssl pkey -pubin -outform DER"
                + " | openssl dgst -sha256 -binary | openssl base64",
            file
        )
        #expect(certificate.publicKeyPin == pin)
        for (digest, own) in [("sha256", certificate.sha256), ("sha1", certificate.sha1)] {
            let said = try shell("openssl x509 -in \"$1\" -noout -fingerprint -\(digest)", file)
            let digits = said.drop { $0 != "=" }.dropFirst().filter { $0 != ":" }.lowercased()
            #expect(digits == own)
        }
        let serial = try shell("openssl x509 -in \"$1\" -noout -serial", file)
        #expect(serial.lowercased() == "serial=" + certificate.serial)
    }
}
