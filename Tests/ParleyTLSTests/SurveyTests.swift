import Testing

@testable import ParleyTLS

@Suite struct SurveyTests {
    // MARK: - Reading answers

    /// A ServerHello in one record.
    static func serverHello(
        _ version: UInt16,
        _ suite: UInt16,
        extensions: [UInt8] = []
    ) -> [UInt8] {
        var body = word(min(version, 0x0303)) + [UInt8](repeating: 7, count: 32) + [0]
        body += word(suite) + [0]
        if !extensions.isEmpty { body += word(UInt16(extensions.count)) + extensions }
        let message = [2, 0] + word(UInt16(body.count)) + body
        return [22, 3, 3] + word(UInt16(message.count)) + message
    }

    private static func word(_ value: UInt16) -> [UInt8] {
        [UInt8(value >> 8), UInt8(value & 255)]
    }

    private static func hello(_ wantsGroup: Bool = false) -> SurveyHello {
        SurveyHello(version: .tls12, suites: [0xC02F], groups: [23], wantsGroup: wantsGroup)
    }

    private static func read(
        _ octets: [UInt8],
        by step: Int,
        wantsGroup: Bool = false
    ) throws(SurveyProblem) -> SurveyAnswer? {
        var reader = SurveyReader(hello(wantsGroup))
        var rest = octets[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(step))
            rest = rest.dropFirst(step)
            let answer = part.withUnsafeBytes { buffer in
                Result { () throws(SurveyProblem) in try reader.receive(buffer) }
            }
            if let answer = try answer.get() { return answer }
        }
        return nil
    }

    private static let retry: [UInt8] = serverHello(
        0x0303,
        0x1302,
        extensions: [0, 43, 0, 2, 3, 4, 0, 51, 0, 2, 0, 29]
    )

    /// ServerHello, a certificate that is no matter, and a key exchange over secp384r1.
    private static let withGroup: [UInt8] =
        serverHello(0x0303, 0xC02F) + [22, 3, 3, 0, 8, 11, 0, 0, 4, 1, 2, 3, 4]
        + [22, 3, 3, 0, 9, 12, 0, 0, 5, 3, 0, 24, 1, 9]

    @Test(arguments: [1, 3, 1000])
    func `an answer is the same however the octets arrive`(_ step: Int) throws {
        #expect(
            try Self.read(Self.retry, by: step)
                == .chosen(version: 0x0304, suite: 0x1302, group: 29)
        )
        #expect(
            try Self.read(Self.withGroup, by: step, wantsGroup: true)
                == .chosen(version: 0x0303, suite: 0xC02F, group: 24)
        )
        #expect(try Self.read([21, 3, 1, 0, 2, 2, 40], by: step) == .refused)
        // A warning about the name goes before the hello.
        #expect(
            try Self.read([21, 3, 1, 0, 2, 1, 112] + Self.serverHello(0x0301, 0x2F), by: step)
                == .chosen(version: 0x0301, suite: 0x2F, group: nil)
        )
    }

    @Test(arguments: [
        Array("220 hello\r\n".utf8), [22, 9, 9, 0, 1, 0], [22, 3, 3, 0xFF, 0xFF], [22, 3, 3, 0, 0],
        [23, 3, 3, 0, 1, 0], [22, 3, 3, 0, 4, 11, 0, 0, 0], [22, 3, 3, 0, 5, 2, 0, 0, 1, 3],
        [22, 3, 3, 0, 4, 2, 0xFF, 0xFF, 0xFF],
        SurveyTests.serverHello(0x0303, 1, extensions: [0, 43, 0, 9, 3]),
    ])
    func `what is no answer is a problem, not a crash`(_ octets: [UInt8]) {
        #expect(throws: SurveyProblem.self) { _ = try Self.read(octets, by: 1) }
    }

    @Test func `an endless answer is bounded`() throws {
        let certificate =
            [22, 3, 3, 0x40, 0] + [11, 1, 0xFF, 0] + [UInt8](repeating: 0, count: 0x3FFC)
        let filler = [22, 3, 3, 0x40, 0] + [UInt8](repeating: 0, count: 0x4000)
        #expect(throws: SurveyProblem.self) {
            var octets = Self.serverHello(0x0303, 0xC02F) + certificate
            for _ in 0..<20 { octets += filler }
            _ = try Self.read(octets, by: 4096, wantsGroup: true)
        }
    }

    @Test func `mutated answers neither crash nor hang`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            var octets = Bool.random() ? Self.retry : Self.withGroup
            for _ in 0..<Int.random(in: 1...4) {
                octets[Int.random(in: 0..<octets.count)] = .random(in: 0...255, using: &generator)
            }
            _ = try? Self.read(octets, by: Int.random(in: 1...50), wantsGroup: .random())
        }
    }

    // MARK: - The survey

    /// A server that speaks some suites of some versions, by its own order or the client's.
    private struct Peer {
        var suites: [UInt16: [UInt16]]
        var groups: [UInt16] = []
        var hasOrder = true
        /// How it refuses.
        var refusal = SurveyAnswer.refused
        /// From which connection on it bans its client.
        var patience = Int.max

        func answer(_ hello: SurveyHello) -> SurveyAnswer {
            let known = suites.keys.filter {
                hello.version.number >= 0x0304 ? $0 == 0x0304 : $0 < 0x0304
            }
            guard let version = known.filter({ $0 <= hello.version.number }).max(),
                let mine = suites[version]
            else { return refusal }
            let suite =
                hasOrder
                ? mine.first { hello.suites.contains($0) }
                : hello.suites.first { mine.contains($0) }
            let group =
                hasOrder
                ? groups.first { hello.groups.contains($0) }
                : hello.groups.first { groups.contains($0) }
            guard let suite, group != nil || !hello.wantsGroup && hello.version < .tls13 else {
                return refusal
            }
            return .chosen(version: version, suite: suite, group: group)
        }

        func survey() throws -> TLSOffers {
            var survey = TLSSurvey()
            var count = 0
            while let hello = survey.next {
                count += 1
                try survey.take(count > patience ? .left : answer(hello))
            }
            return survey.offers
        }
    }

    @Test(arguments: [true, false])
    func `all that a server speaks is found, and whose order decides`(_ hasOrder: Bool) throws {
        let peer = Peer(
            suites: [0x0304: [0x1301, 0x1303], 0x0303: [0x2F, 0xC02F, 0x0A], 0x0301: [0x04]],
            groups: [24, 29, 22],
            hasOrder: hasOrder
        )
        let offers = try peer.survey()
        #expect(offers.versions.map(\.name) == ["TLSv1.3", "TLSv1.2", "TLSv1.0"])
        #expect(
            Set(offers.ciphers) == [
                "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256", "AES128-SHA",
                "ECDHE-RSA-AES128-GCM-SHA256", "DES-CBC3-SHA", "RC4-MD5",
            ]
        )
        #expect(Set(offers.groups) == ["secp384r1", "x25519", "secp256k1"])
        #expect(offers.order == (hasOrder ? "server" : "client"))
        if hasOrder { #expect(offers.versions[1].ciphers.first == "AES128-SHA") }
        // Six suites, five refusals, two orders, groups and their refusals.
        #expect(offers.connections <= 20)
    }

    @Test func `a server that speaks nothing is left after one hello for each version`() throws {
        let offers = try Peer(suites: [:]).survey()
        #expect(offers.versions.isEmpty && offers.connections == 5 && offers.order == "none")
    }

    @Test func `a server that refuses by leaving is asked once more whether it answers`() throws {
        var peer = Peer(suites: [0x0303: [0x2F, 0x0A]])
        let alerts = try peer.survey()
        peer.refusal = .left
        let offers = try peer.survey()
        #expect(offers.versions == alerts.versions && offers.versions.count == 1)
        #expect(offers.connections == alerts.connections + 1)
    }

    @Test(arguments: 1...24)
    func `a server that bans its client is never told as one that speaks less`(
        _ patience: Int
    ) throws {
        var peer = Peer(
            suites: [0x0304: [0x1301, 0x1303], 0x0303: [0x2F, 0xC02F, 0x0A], 0x0301: [0x04]],
            groups: [24, 29, 22]
        )
        let whole = try peer.survey()
        peer.patience = patience
        do {
            #expect(try peer.survey() == whole)
            #expect(patience >= whole.connections)
        } catch let problem as SurveyProblem {
            #expect(problem.reason == "tls.offers.incomplete")
            #expect(problem.message.contains("answered \(patience) connection"), "\(problem)")
            #expect(patience < whole.connections)
        }
    }

    @Test func `a server that only ever leaves speaks no TLS that was asked for`() {
        #expect {
            try Peer(suites: [:], refusal: .left).survey()
        } throws: { ($0 as? SurveyProblem)?.reason == "tls.handshake.failed" }
    }

    @Test func `a choice that was not offered is a problem`() throws {
        var survey = TLSSurvey()
        #expect(throws: SurveyProblem.self) {
            try survey.take(.chosen(version: 0x0304, suite: 0x2F, group: nil))
        }
    }

    @Test func `no suite stands in the table twice, and every hello fits a record`() throws {
        let all = CipherSuite.classic + CipherSuite.modern
        #expect(all.count == 265)
        #expect(Set(all.map(\.number)).count == all.count)
        #expect(Set(all.map(\.name)).count == all.count)
        var survey = TLSSurvey()
        while let hello = survey.next {
            let octets = hello.octets(serverName: "mx.example.net")
            #expect(octets.count < 1500 && !(261..<517).contains(octets.count))
            try survey.take(.refused)
        }
    }
}
