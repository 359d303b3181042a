import ParleyMachine
import ParleyNetwork
import ParleyPatterns
import ParleySemantics
import ParleyTLS
import ParleyVerbs

/// A scripted server that listens: its rules, its log, and the connections it has. It lives on the
/// loop of the test that started it, and stops with that test.
final class ScriptedServer: ServerHandle, @unchecked Sendable {
    let script: ServerScript
    let driver: LoopDriver
    let greetingName: String
    private(set) var address = ""
    private(set) var lines: [String] = []

    private var listener: (any Listener)?
    private var connections: [ObjectIdentifier: ServerConnection] = [:]
    private var counts: [String: Int] = [:]
    private var occurrences: [Int]
    private var tlsContext: TLSServerContext?

    /// How many lines the log keeps; counts go on beyond.
    private static let lineLimit = 4096
    /// How many octets of a line it keeps.
    private static let lineLength = 1024
    /// How many connections are served at the same time.
    private static let connectionLimit = 10_000

    /// Begins to listen.
    ///
    /// - Throws: `script.permission` for an address that is not loopback, `local.egress` if it cannot
    ///   be bound.
    init(_ script: ServerScript, driver: LoopDriver) throws(SessionFailure) {
        self.script = script
        self.driver = driver
        occurrences = Array(repeating: 0, count: script.server.rules.count)
        greetingName = script.server.options.names.first ?? "mx.test"
        let endpoint = try Self.endpoint(script)
        do throws(TransportError) {
            let listener = try driver.loop.listen(on: endpoint) { [weak self] transport in
                self?.accept(transport) ?? RefusedConnection(transport)
            }
            self.listener = listener
            address = "\(listener.endpoint)"
            driver.run.trust.add(server: listener.endpoint)
        } catch {
            throw SessionFailure(
                reason: "local.egress",
                stage: "start",
                message: "the scripted server \(name) cannot listen on \(endpoint)",
                notes: [error.detail]
            )
        }
    }

    var name: String { script.server.name }

    var isImplicitTLS: Bool { script.server.protocolName.hasSuffix("s") || isRawTLS }
    var speaksSMTP: Bool { script.server.protocolName.hasPrefix("smtp") }
    private var isRawTLS: Bool { script.server.protocolName == "tls" }

    func count(_ verb: String) -> Int { counts[verb.asciiLowercased] ?? 0 }

    /// Stops listening and closes what is open.
    func stop() {
        guard let listener else { return }
        driver.run.trust.remove(server: listener.endpoint)
        listener.close()
        self.listener = nil
        for connection in connections.values { connection.stopSoon() }
    }

    // MARK: - For connections

    /// The rule for an event, the first that fits; every rule whose event and pattern fit counts it.
    func rule(for event: String, subject: [UInt8], line: [UInt8]) -> CheckedServerRule? {
        var chosen: CheckedServerRule?
        for (index, rule) in script.server.rules.enumerated() {
            guard rule.event == event || (rule.event == "line" && event != "greet") else {
                continue
            }
            if let pattern = rule.pattern {
                let text = rule.event == "line" ? line : subject
                guard (try? pattern.matches(text)) == true else { continue }
            }
            occurrences[index] += 1
            guard chosen == nil else { continue }
            switch rule.occurrence {
            case .always: chosen = rule
            case .nth(let number): if occurrences[index] == number { chosen = rule }
            case .after(let number): if occurrences[index] > number { chosen = rule }
            }
        }
        return chosen
    }

    /// Counts an event and logs its line, before it is answered.
    func log(_ verb: String, _ line: [UInt8]) {
        counts[verb, default: 0] += 1
        note("C", line)
    }

    /// Logs a line.
    func note(_ speaker: String, _ line: [UInt8]) {
        guard lines.count < Self.lineLimit else { return }
        let text = String(decoding: line.prefix(Self.lineLength), as: UTF8.self)
        lines.append("\(speaker) \(text)\(line.count > Self.lineLength ? "…" : "")")
    }

    /// The octets of a text.
    func text(_ index: Int) -> [UInt8] { script.texts[index] }

    func forget(_ connection: ServerConnection) {
        connections[ObjectIdentifier(connection)] = nil
    }

    /// The TLS side, with a certificate as the script wants it; made when first needed.
    func tlsEngine() throws(TLSError) -> TLSEngine {
        if let tlsContext { return try TLSEngine(server: tlsContext) }
        let made = try ServerCertificates.context(
            for: script.server.options,
            address: listener?.endpoint,
            trust: driver.run.trust
        )
        tlsContext = made
        return try TLSEngine(server: made)
    }

    // MARK: - Private

    private func accept(_ transport: any Transport) -> any TransportHandler {
        guard listener != nil else { return RefusedConnection(transport) }
        let connection = ServerConnection(server: self, transport: transport)
        counts["connect", default: 0] += 1
        guard connections.count < Self.connectionLimit else {
            connection.stop()
            return connection
        }
        connections[ObjectIdentifier(connection)] = connection
        driver.loop.later { [weak connection] in connection?.begin() }
        return connection
    }

    private static func endpoint(_ script: ServerScript) throws(SessionFailure) -> Endpoint {
        let text = script.endpoint
        let written = text.hasSuffix(":auto") ? text.dropLast(4) + "0" : text[...]
        guard let endpoint = try? Endpoint(parsing: String(written), defaultPort: 0) else {
            throw refused("\(text) is no address to listen on; write 127.0.0.1:auto")
        }
        switch endpoint {
        case .unix: return endpoint
        case .address(let address, _) where address.isLoopback: return endpoint
        case .address where script.server.options.mayLeaveLoopback: return endpoint
        default:
            throw refused(
                "\(text) is not a loopback address; the clause `anywhere` allows others"
            )
        }
    }

    private static func refused(_ message: String) -> SessionFailure {
        SessionFailure(reason: "script.permission", stage: "start", message: message)
    }
}

/// A connection that came when the server had already stopped.
private final class RefusedConnection: TransportHandler {
    init(_ transport: any Transport) {
        transport.close()
    }

    func transportConnected(_ transport: any Transport) {}
    func transportReceived(_ bytes: UnsafeRawBufferPointer) {}
    func transportInputEnded() {}
    func transportClosed(_ error: TransportError?) {}
}
