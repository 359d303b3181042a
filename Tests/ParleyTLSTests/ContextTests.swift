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

    /// Two keys, made for this test, whose passphrase is "x": PKCS #8, and as OpenSSL once did it.
    private static let encryptedKeys = [
        """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAj4znudSRPs3wICA+gw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEEEW1bnrGrR35Vd7bn6yeuKAEgZA/
        vwYrwySIKou3N6vCZEJc6XzZZzvGL2tX+vHCM2ecDTQZhTife7EJBsIaZQuC+0IW
        GeVwFPN9t0qsaUNb1Zrrdc+KvtCnXHMrYaB1T4Tx7mHX1p+2Kiu4Ztd4BC+gtUrq
        LxrNNaMmMmtEom9MrSM2O7nxJRziFxRI4SdsdQrHuBUuxrYPHMQSpsUSY+l2K3g=
        -----END ENCRYPTED PRIVATE KEY-----
        """,
        """
        -----BEGIN EC PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,7ED2FF4E7F703BD5BCC2A1AA28B1DB2C

        SNnOYqU0Rl4mkWJGH2Q/JyeyAGHKRS0bz2tHvNX+wuqIPXSI9YrhT4sZZyaGsd30
        sKOLtDHc7/mv6mI9kRueD1zCtJIl+0BXbwqTqVha1yRGa3635ORnXLN1FL4v3gbw
        bZrX59WiyQXWavhrSaBvf1Ik3yKR5ao9zPGKPUpozCg=
        -----END EC PRIVATE KEY-----
        """,
    ]

    @Test("A key that is encrypted is told as such, with the way out", arguments: encryptedKeys)
    func encrypted(key: String) throws {
        let chain = try Authorities.house.issue(names: ["a.example"]).certificatePEM
        #expect {
            try TLSServerContext(certificate: chain, key: Array((key + "\n").utf8))
        } throws: { error in
            guard let error = error as? TLSError else { return false }
            return error.code == .unreadable && error.context.contains("is encrypted")
                && error.context.contains("openssl pkey")
        }
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
