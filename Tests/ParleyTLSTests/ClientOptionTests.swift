import Foundation
import ParleyTLS
import Testing

@Suite("Client options")
struct ClientOptionTests {
    private func pair(
        _ serverOptions: TLSServerOptions = TLSServerOptions(),
        _ change: (inout TLSClientOptions) -> Void
    ) throws -> Pair {
        var options = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        change(&options)
        return try Pair(client: options, server: serverOptions)
    }

    @Test("A list of suites of TLS 1.3 offers that version only")
    func suites() throws {
        let pair = try pair { $0.offer(TLSCipherList("TLS_AES_128_GCM_SHA256")) }
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.cipher == "TLS_AES_128_GCM_SHA256")
        var old = TLSServerOptions()
        old.maximumVersion = .tls12
        let refused = try self.pair(old) { $0.offer(TLSCipherList("TLS_AES_128_GCM_SHA256")) }
        #expect(refused.run().client.failure?.reason == "tls.handshake.failed")
    }

    @Test("A list of ciphers of TLS 1.2 offers no TLS 1.3")
    func ciphers() throws {
        let pair = try pair { $0.offer(TLSCipherList("ECDHE-ECDSA-AES128-GCM-SHA256")) }
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.cipher == "ECDHE-ECDSA-AES128-GCM-SHA256")
        #expect(pair.client.summary?.version == "TLSv1.2")
    }

    @Test("A mixed list offers both, the newer version first")
    func mixed() throws {
        let list = TLSCipherList("TLS_CHACHA20_POLY1305_SHA256:ECDHE+AESGCM")
        #expect(list.ciphers == "ECDHE+AESGCM")
        #expect(list.suites == "TLS_CHACHA20_POLY1305_SHA256")
        let pair = try pair { $0.offer(list) }
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.cipher == "TLS_CHACHA20_POLY1305_SHA256")
    }

    @Test("The group and the signature algorithm are those asked for")
    func groups() throws {
        let pair = try pair {
            $0.groups = "P-384"
            $0.signatureAlgorithms = "ecdsa_secp256r1_sha256"
        }
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.group == "secp384r1")
        #expect(pair.client.summary?.signatureAlgorithm == "ecdsa_secp256r1_sha256")
    }

    @Test("No common signature algorithm fails the handshake")
    func signatures() throws {
        let pair = try pair { $0.signatureAlgorithms = "rsa_pss_rsae_sha256" }
        #expect(pair.run().client.failure?.alert == "handshake_failure")
    }

    @Test("TLS 1.0 is spoken when the least version says so, and judged no milder")
    func old() throws {
        var server = TLSServerOptions()
        (server.minimumVersion, server.maximumVersion) = (.tls10, .tls10)
        let pair = try pair(server) { $0.minimumVersion = .tls10 }
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.version == "TLSv1")
        #expect(pair.client.summary?.verified == true)
        var request = CertificateRequest(names: ["mx.example"])
        request.keyKind = .rsa1024
        var options = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        options.minimumVersion = .tls10
        let weak = try Pair(Authorities.house.issue(request), client: options, server: server)
        #expect(weak.run().client.failure?.reason == "tls.certificate.weak")
    }

    @Test("Every unknown name of a list is found, known ones beside it or not")
    func names() {
        #expect(TLSNames.unknownCipher(in: "ECDHE+AESGCM:!aNULL:@STRENGTH") == nil)
        #expect(TLSNames.unknownCipher(in: "TLS_AES_128_GCM_SHA256:HIGH:-RC4") == nil)
        #expect(TLSNames.unknownCipher(in: "HIGH:AES128-GMC-SHA256") == "AES128-GMC-SHA256")
        #expect(TLSNames.unknownCipher(in: "TLS_AES_128_GMC_SHA256") == "TLS_AES_128_GMC_SHA256")
        #expect(TLSNames.unknownCipher(in: "HIGH:@SECLEVEL=9") == "@SECLEVEL=9")
        #expect(TLSNames.unknownGroup(in: "X25519:P-255") == "P-255")
        #expect(TLSNames.unknownSignatureAlgorithm(in: "RSA+SHA256:ed25518") == "ed25518")
        #expect(TLSNames.unknownGroup(in: TLSNames.groups.joined(separator: ":")) == nil)
        let algorithms = TLSNames.signatureAlgorithms.joined(separator: ":")
        #expect(TLSNames.unknownSignatureAlgorithm(in: algorithms) == nil)
        #expect(TLSNames.ciphers().contains("ECDHE-RSA-AES256-GCM-SHA384"))
    }

    @Test("The key log takes the secrets of each session and is the owner's alone")
    func keyLog() throws {
        let path = NSTemporaryDirectory() + "parley-keylog-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        for _ in 0..<2 {
            let log = try TLSKeyLog(path: path)
            #expect(try pair { $0.keyLog = log }.run().client.isEstablished)
            #expect(!log.isIncomplete)
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("CLIENT_TRAFFIC_SECRET_0 ") } == 2)
        #expect(lines.allSatisfy { $0.split(separator: " ").count == 3 })
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: TLSError.self) { try TLSKeyLog(path: path) }
        #expect(throws: TLSError.self) { try TLSKeyLog(path: "/dev/null") }
    }
}
