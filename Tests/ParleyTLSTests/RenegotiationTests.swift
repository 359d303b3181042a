import ParleyTLS
import Testing

@Suite("Renegotiation")
struct RenegotiationTests {
    private func established() throws -> Pair {
        var old = TLSServerOptions()
        old.maximumVersion = .tls12
        let pair = try Pair(server: old)
        #expect(pair.run().client.isEstablished)
        return pair
    }

    @Test("A client does not grant it to its server")
    func asServer() throws {
        let pair = try established()
        pair.server.renegotiate()
        let request = pair.server.takeOutput()
        #expect(!request.isEmpty, "the server's HelloRequest")
        pair.client.receive(request)
        #expect(pair.client.advance().isEstablished)
        // A warning, no_renegotiation (RFC 5246 section 7.2.2), and no ClientHello.
        let answer = pair.client.takeOutput()
        #expect(answer.first == 21, "an alert")
        pair.server.receive(answer)
        let detail = pair.server.advance().failure?.detail ?? "nothing"
        #expect(detail.contains("renegotiation"), "\(detail)")
    }

    @Test("A server does not grant it to its client")
    func asClient() throws {
        let pair = try established()
        pair.client.renegotiate()
        let hello = pair.client.takeOutput()
        #expect(hello.first == 22, "a second ClientHello")
        pair.server.receive(hello)
        pair.server.advance()
        let answer = pair.server.takeOutput()
        #expect(answer.first == 21, "an alert")
        pair.client.receive(answer)
        #expect(pair.client.advance().failure != nil)
    }
}
