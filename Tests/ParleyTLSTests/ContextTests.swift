import ParleyTLS
import Testing

@Suite("Contexts")
struct ContextTests {
    @Test("Options that make no sense are refused with the option's name")
    func options() throws {
        var ciphers = TLSClientOptions()
        ciphers.ciphers = "NO-SUCH-CIPHER"
        var suites = TLSClientOptions()
        suites.cipherSuites = "NO_SUCH_SUITE"
        var groups = TLSClientOptions()
        groups.groups = "no-such-group"
        var versions = TLSClientOptions()
        versions.minimumVersion = .tls13
        versions.maximumVersion = .tls12
        var names = TLSClientOptions()
        names.applicationProtocols = [""]
        for options in [ciphers, suites, groups, versions, names] {
            #expect { try TLSClientContext(options) } throws: { error in
                (error as? TLSError)?.code == .option
            }
        }
    }

    @Test("A CA that is missing or none is unreadable")
    func authorities() throws {
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        for trust in [TLSTrust.file("/nonexistent.pem"), .pem([]), .pem(Array(broken.utf8))] {
            #expect { try TLSClientContext(TLSClientOptions(trust: trust)) } throws: { error in
                (error as? TLSError)?.code == .unreadable
            }
        }
    }

    @Test("A key that does not fit its certificate is refused")
    func mismatch() throws {
        let one = try Authorities.house.issue(names: ["a.example"])
        let two = try Authorities.house.issue(names: ["a.example"])
        #expect {
            try TLSServerContext(certificate: one.certificatePEM, key: two.privateKeyPEM)
        } throws: { ($0 as? TLSError)?.code == .mismatch }
    }

    @Test("Versions are read by their usual spelling and ordered by age")
    func versions() {
        #expect(TLSVersion("TLSv1.2") == .tls12 && TLSVersion("TLSv1") == .tls10)
        #expect(TLSVersion("SSLv3")?.description == "SSLv3" && TLSVersion("SSLv2") == nil)
        #expect(TLSVersion.tls12 < .tls13)
        #expect(TLSVersion.tls10.description == "TLSv1")
    }

    @Test("One context serves connections on many threads")
    func shared() async throws {
        let client = try TLSClientContext(
            TLSClientOptions(trust: .pem(Authorities.house.certificatePEM))
        )
        let server = try TLSServerContext(Authorities.house.issue(names: ["mx.example"]))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    let pair = Pair(
                        client: try TLSEngine(
                            client: client,
                            serverName: "mx.example",
                            verifyName: .host("mx.example"),
                            verification: .full
                        ),
                        server: try TLSEngine(server: server)
                    )
                    return pair.run().client.isEstablished
                }
            }
            for try await established in group { #expect(established) }
        }
    }
}
