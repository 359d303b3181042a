import ParleyTLS
import Testing

@Suite("Handshakes")
struct HandshakeTests {
    @Test("A good certificate passes at full, and both sides say what was agreed")
    func full() throws {
        var server = TLSServerOptions()
        server.applicationProtocols = ["smtp", "x"]
        var options = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        options.applicationProtocols = ["x", "smtp"]
        let pair = try Pair(client: options, server: server)
        let states = pair.run()
        #expect(states.client.isEstablished && states.server.isEstablished)
        let summary = try #require(pair.client.summary)
        #expect(summary.version == "TLSv1.3")
        #expect(summary.cipher == "TLS_AES_256_GCM_SHA384")
        #expect(summary.group == "x25519")
        #expect(summary.alpn == "smtp")
        #expect(summary.verified && !summary.resumed && !summary.stapled)
        #expect(summary.problems.isEmpty)
        #expect(summary.chain.first?.names == ["mx.example"])
        #expect(pair.server.requestedServerName == "mx.example")
        #expect(pair.server.summary?.alpn == "smtp")
        #expect(pair.server.summary?.verified == false)
    }

    @Test("ALPN without a common name goes on without")
    func noCommonProtocol() throws {
        var server = TLSServerOptions()
        server.applicationProtocols = ["h2"]
        var options = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        options.applicationProtocols = ["smtp"]
        let pair = try Pair(client: options, server: server)
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.alpn == nil)
    }

    @Test("Version, cipher and group are those that one side insists on")
    func choices() throws {
        var server = TLSServerOptions()
        server.maximumVersion = .tls12
        server.ciphers = "ECDHE-ECDSA-CHACHA20-POLY1305"
        server.groups = "P-384"
        let pair = try Pair(server: server)
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.version == "TLSv1.2")
        #expect(pair.client.summary?.cipher == "ECDHE-ECDSA-CHACHA20-POLY1305")
        #expect(pair.client.summary?.group == "secp384r1")
    }

    @Test("A server that is too old fails with tls.handshake.failed at both ends")
    func tooOld() throws {
        var server = TLSServerOptions()
        server.minimumVersion = .tls10
        server.maximumVersion = .tls11
        let states = try Pair(server: server).run()
        #expect(states.client.failure?.reason == "tls.handshake.failed")
        #expect(states.client.failure?.alert == "protocol_version")
        #expect(states.server.failure?.reason == "tls.handshake.failed")
    }

    @Test("A server that is too new fails with tls.handshake.failed at both ends")
    func tooNew() throws {
        var server = TLSServerOptions()
        server.minimumVersion = .tls13
        var options = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        options.maximumVersion = .tls12
        let states = try Pair(client: options, server: server).run()
        #expect(states.client.failure?.reason == "tls.handshake.failed")
        #expect(states.server.failure?.reason == "tls.handshake.failed")
    }

    @Test("A client that admits TLS 1.0 gets it")
    func oldOnPurpose() throws {
        var server = TLSServerOptions()
        server.minimumVersion = .tls10
        server.maximumVersion = .tls10
        var options = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        options.minimumVersion = .tls10
        let pair = try Pair(client: options, server: server)
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.version == "TLSv1")
    }

    @Test("No cipher in common is tls.handshake.failed with the alert's name")
    func noCipher() throws {
        var server = TLSServerOptions()
        server.cipherSuites = "TLS_AES_128_GCM_SHA256"
        server.minimumVersion = .tls13
        var options = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        options.cipherSuites = "TLS_CHACHA20_POLY1305_SHA256"
        let states = try Pair(client: options, server: server).run()
        #expect(states.client.failure?.reason == "tls.handshake.failed")
        #expect(states.client.failure?.alert == "handshake_failure")
    }

    @Test(
        "A handshake in pieces is the same as in one",
        arguments: [1, 2, 3, 5, 7, 64, 1000],
        [TLSVersion.tls12, .tls13]
    )
    func pieces(size: Int, version: TLSVersion) throws {
        var server = TLSServerOptions()
        server.maximumVersion = version
        let pair = try Pair(server: server)
        pair.pieceSize = size
        pair.client.write(Array("EHLO me\r\n".utf8))
        pair.server.write(Array("220 ready\r\n".utf8))
        #expect(pair.run().client.isEstablished)
        #expect(pair.server.takeAllPlaintext() == Array("EHLO me\r\n".utf8))
        #expect(pair.client.takeAllPlaintext() == Array("220 ready\r\n".utf8))
        #expect(pair.client.summary?.version == version.description)
    }

    @Test("Without bytes from the peer the client waits")
    func waits() throws {
        let pair = try Pair()
        pair.client.start()
        #expect(pair.client.advance().isHandshaking)
        #expect(pair.client.summary == nil)
        #expect(pair.client.takeOutput().first == 22)
        #expect(pair.client.takeOutput().isEmpty)
    }

    @Test("A session is resumed by the newest ticket", arguments: [TLSVersion.tls12, .tls13])
    func resumption(version: TLSVersion) throws {
        var options = TLSServerOptions()
        options.maximumVersion = version
        let identity = try Authorities.house.issue(names: ["mx.example"])
        let server = try TLSServerContext(identity, options: options)
        let client = try TLSClientContext(
            TLSClientOptions(trust: .pem(Authorities.house.certificatePEM))
        )
        func connect(_ session: TLSSession?, _ name: String = "mx.example") throws -> Pair {
            let verification = name == "mx.example" ? TLSVerification.full : .none
            let pair = Pair(
                client: try TLSEngine(
                    client: client,
                    serverName: name,
                    verifyName: .host(name),
                    verification: verification,
                    session: session
                ),
                server: try TLSEngine(server: server)
            )
            #expect(pair.run().client.isEstablished)
            return pair
        }
        var first: Pair? = try connect(nil)
        #expect(first?.client.summary?.resumed == false)
        let session = try #require(first?.client.session)
        first = nil
        let second = try connect(session)
        let summary = try #require(second.client.summary)
        #expect(summary.resumed && summary.verified)
        #expect(summary.chain.first?.names == ["mx.example"])
        // Another name or another degree of verification starts from the beginning.
        #expect(try connect(session, "other.example").client.summary?.resumed == false)
    }

    @Test("A server without tickets gives no session")
    func noTickets() throws {
        var options = TLSServerOptions()
        options.tickets = 0
        let pair = try Pair(server: options)
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.session == nil)
    }

    @Test(
        "A client that wants no tickets keeps none that it is given",
        arguments: [TLSVersion.tls12, .tls13]
    )
    func unwantedTickets(version: TLSVersion) throws {
        var options = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        options.maximumVersion = version
        options.usesTickets = false
        let pair = try Pair(client: options)
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.session == nil)
    }

    @Test(
        "A server that asks for a client certificate says so",
        arguments: [TLSVersion.tls12, .tls13]
    )
    func clientCertificate(version: TLSVersion) throws {
        var server = TLSServerOptions()
        server.maximumVersion = version
        server.clientCertificate = .required(authorities: try Authorities.house.certificatePEM)
        let without = try Pair(server: server).run()
        #expect(without.client.failure?.reason == "tls.client-certificate-required")
        #expect(without.server.failure?.reason == "tls.client-certificate-required")

        var options = TLSClientOptions(trust: .pem(try Authorities.house.certificatePEM))
        options.identity = try Authorities.house.issue(names: ["client.example"])
        let with = try Pair(client: options, server: server)
        let states = with.run()
        #expect(states.client.isEstablished && states.server.isEstablished)
        #expect(with.server.summary?.verified == true)
        #expect(with.server.peerCertificates().first?.names == ["client.example"])

        options.identity = try Authorities.stranger.issue(names: ["client.example"])
        let wrong = try Pair(client: options, server: server).run()
        #expect(wrong.server.failure?.reason == "tls.certificate.untrusted")
        #expect(wrong.client.failure?.alert == "unknown_ca")
    }
}
