import ParleyTLS
import Testing

/// One authority for all tests: making keys is most of their time.
enum Authorities {
    static let house = ThrowawayAuthority(commonName: "House")
    static let stranger = ThrowawayAuthority(commonName: "Stranger")
}

/// A client and a server wired back to back in memory.
final class Pair {
    let client: TLSEngine
    let server: TLSEngine
    /// The most bytes handed over at once, so that records arrive in pieces.
    var pieceSize = Int.max

    init(
        _ identity: ServerIdentity? = nil,
        client clientOptions: TLSClientOptions? = nil,
        server serverOptions: TLSServerOptions = TLSServerOptions(),
        name: TLSVerifyName = .host("mx.example"),
        verification: TLSVerification = .full,
        verifyTime: Int64? = nil
    ) throws {
        let identity = try identity ?? Authorities.house.issue(names: ["mx.example"])
        let trust = TLSTrust.pem(try Authorities.house.certificatePEM)
        client = try TLSEngine(
            client: TLSClientContext(clientOptions ?? TLSClientOptions(trust: trust)),
            serverName: "mx.example",
            verifyName: name,
            verification: verification,
            verifyTime: verifyTime
        )
        server = try TLSEngine(server: TLSServerContext(identity, options: serverOptions))
    }

    init(client: TLSEngine, server: TLSEngine) {
        self.client = client
        self.server = server
    }

    /// Hands bytes to and fro until both sides are silent.
    @discardableResult
    func run() -> (client: TLSState, server: TLSState) {
        client.start()
        while true {
            let toServer = client.takeOutput()
            deliver(toServer, to: server)
            let toClient = server.takeOutput()
            deliver(toClient, to: client)
            if toServer.isEmpty && toClient.isEmpty { break }
        }
        return (client.advance(), server.advance())
    }

    private func deliver(_ bytes: [UInt8], to engine: TLSEngine) {
        var rest = bytes[...]
        while !rest.isEmpty {
            engine.receive(Array(rest.prefix(pieceSize)))
            engine.advance()
            rest = rest.dropFirst(min(pieceSize, rest.count))
        }
    }
}

extension TLSEngine {
    /// All plaintext there is, taken in as many calls as it needs.
    func takeAllPlaintext() -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let part = takePlaintext()
            if part.isEmpty { return all }
            all += part
        }
    }
}

extension TLSState {
    var failure: TLSFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }

    var isEstablished: Bool {
        if case .established = self { true } else { false }
    }

    var isClosed: Bool {
        if case .closed = self { true } else { false }
    }

    var isHandshaking: Bool {
        if case .handshaking = self { true } else { false }
    }
}
