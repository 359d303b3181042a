import ParleyTLS
import Testing

@Suite("DANE")
struct DANETests {
    /// A client that judges by these records only: it trusts a stranger's authority.
    private func pair(
        _ identity: ServerIdentity,
        _ records: [TLSARecord],
        name: TLSVerifyName = .host("mx.example"),
        session: TLSSession? = nil,
        context: TLSClientContext? = nil
    ) throws -> Pair {
        let trust = TLSTrust.pem(try Authorities.stranger.certificatePEM)
        let client = try TLSEngine(
            client: context ?? TLSClientContext(TLSClientOptions(trust: trust)),
            serverName: "mx.example",
            verifyName: name,
            verification: .full,
            tlsa: records,
            session: session
        )
        return Pair(client: client, server: try TLSEngine(server: TLSServerContext(identity)))
    }

    private func leaf(_ identity: ServerIdentity) throws -> Certificate {
        try #require(Certificate.read(pem: identity.certificatePEM).first)
    }

    private func record(_ usage: UInt8, _ certificate: Certificate) -> TLSARecord {
        TLSARecord(
            usage: usage,
            selector: 0,
            matching: 1,
            data: Digest.sha256(certificate.der)
        )
    }

    @Test("Usage 3 vouches for a certificate whatever its name, dates and issuer")
    func endEntity() throws {
        var request = CertificateRequest(names: ["elsewhere.example"])
        request.ends = .seconds(-60)
        let identity = try Authorities.house.issue(request)
        let pair = try pair(identity, [record(3, leaf(identity))])
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.isDANE == true)
        #expect(pair.client.summary?.verified == true)
    }

    @Test("Usage 2 vouches for what its authority issued, for the right name only")
    func authority() throws {
        let root = try #require(
            Certificate.read(pem: Authorities.house.certificatePEM).first
        )
        let chain = { (identity: ServerIdentity) in
            ServerIdentity(
                certificatePEM: identity.certificatePEM
                    + (try Authorities.house.certificatePEM),
                privateKeyPEM: identity.privateKeyPEM
            )
        }
        let good = try chain(Authorities.house.issue(names: ["mx.example"]))
        let pair = try pair(good, [record(2, root)])
        #expect(pair.run().client.isEstablished)
        #expect(pair.client.summary?.isDANE == true)
        let wrong = try chain(Authorities.house.issue(names: ["elsewhere.example"]))
        let failure = try self.pair(wrong, [record(2, root)]).run().client.failure
        #expect(failure?.reason == "tls.certificate.wrong-host")
    }

    @Test("No match is tls.dane.mismatch, and a public authority does not mend it")
    func mismatch() throws {
        let mine = try Authorities.stranger.issue(names: ["mx.example"])
        let other = try leaf(Authorities.house.issue(names: ["mx.example"]))
        for usage: UInt8 in [2, 3] {
            let failure = try pair(mine, [record(usage, other)]).run().client.failure
            #expect(failure?.reason == "tls.dane.mismatch", "\(failure?.description ?? "none")")
        }
    }

    @Test("One record of several is enough")
    func several() throws {
        let identity = try Authorities.house.issue(names: ["mx.example"])
        let other = try leaf(Authorities.house.issue(names: ["mx.example"]))
        let pair = try pair(identity, [record(3, other), record(3, leaf(identity))])
        #expect(pair.run().client.isEstablished)
    }

    @Test("Records of which none can be used for mail match nothing")
    func unusable() throws {
        let identity = try Authorities.stranger.issue(names: ["mx.example"])
        let failure = try pair(identity, [record(1, leaf(identity))]).run().client.failure
        #expect(failure?.reason == "tls.dane.mismatch")
        #expect(failure?.detail.contains("usage 2 or 3") == true)
    }

    @Test("An address has no TLSA records")
    func address() throws {
        let identity = try Authorities.house.issue(names: ["127.0.0.1"])
        let name = TLSVerifyName.address([127, 0, 0, 1])
        #expect(throws: TLSError.self) {
            try pair(identity, [record(3, leaf(identity))], name: name)
        }
    }

    @Test("A session is resumed only under the same records")
    func resumption() throws {
        let identity = try Authorities.house.issue(names: ["mx.example"])
        let trust = TLSTrust.pem(try Authorities.house.certificatePEM)
        let context = try TLSClientContext(TLSClientOptions(trust: trust))
        let first = try pair(identity, [], context: context)
        first.run()
        let session = try #require(first.client.session)
        let records = [record(3, try leaf(identity))]
        let second = try pair(identity, records, session: session, context: context)
        #expect(!second.client.offersSession)
        let third = try pair(identity, [], session: session, context: context)
        #expect(third.client.offersSession)
    }

    @Test("Records are read in the form of zone files, with digits in groups")
    func reading() {
        let digits = String(repeating: "0aF9", count: 16)
        let record = TLSARecord("3 1 1 " + digits.prefix(30) + " " + digits.dropFirst(30))
        #expect(record?.description == "3 1 1 " + digits.lowercased())
        #expect(record?.isUsable == true)
        #expect(TLSARecord("3 1 1 abcd") == nil)
        #expect(TLSARecord("3 1 1 " + digits + "0") == nil)
        #expect(TLSARecord("3 1") == nil && TLSARecord("3 1 0 xx") == nil)
        #expect(TLSARecord("1 1 1 " + digits)?.isUsable == false)
    }
}
