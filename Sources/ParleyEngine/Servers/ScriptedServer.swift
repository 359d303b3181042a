import ParleyMachine
import ParleyNetwork
import ParleyPatterns
import ParleySemantics
import ParleyTLS
import ParleyVerbs
import ParleyWire

/// A scripted server that listens: its rules, its log, and the connections it has. It lives on the
/// loop of the test that started it, and stops with that test.
final class ScriptedServer: ServerHandle, @unchecked Sendable {
    let script: ServerScript
    let driver: LoopDriver
    let greetingName: String
    let log: ServerLog
    /// What the server and the fibers of its test tell each other.
    let surroundings: ServerSurroundings

    private var listener: (any Listener)?
    private var open: [ObjectIdentifier: ServerConnection] = [:]
    private var occurrences: [Int]
    /// The TLS side, if it has been made.
    private(set) var tlsContext: TLSServerContext?
    /// Connections that wait for it.
    private var awaitingTLS: [(Result<TLSServerContext, TLSError>) -> Void] = []
    private let identity: ServerIdentity?
    private let accounts: [[UInt8]: [UInt8]]?

    /// How many connections are served at the same time.
    private static let connectionLimit = 10_000

    /// Begins to listen.
    ///
    /// - Throws: `script.permission` for an address that is not loopback or a file outside the
    ///   script's folder, `local.file` for one that cannot be read, `local.egress` if the address
    ///   cannot be bound.
    init(
        _ script: ServerScript,
        driver: LoopDriver,
        surroundings: ServerSurroundings
    ) throws(SessionFailure) {
        self.script = script
        self.driver = driver
        self.surroundings = surroundings
        let options = script.server.options
        occurrences = Array(repeating: 0, count: script.server.rules.count)
        greetingName = options.names.first ?? "mx.test"
        log = ServerLog(name: script.server.name)
        identity = try options.files.map { (files) throws(SessionFailure) in
            ServerIdentity(
                certificatePEM: try surroundings.read(script, files.certificate),
                privateKeyPEM: try surroundings.read(script, files.key)
            )
        }
        accounts =
            options.users.isEmpty
            ? nil
            : Dictionary(
                options.users.map { (script.texts[$0.name], script.texts[$0.password]) },
                uniquingKeysWith: { _, last in last }
            )
        let endpoint = try Self.endpoint(script)
        do throws(TransportError) {
            let listener = try driver.loop.listen(on: endpoint) { [weak self] transport in
                self?.accept(transport) ?? RefusedConnection(transport)
            }
            self.listener = listener
            log.listens(at: "\(listener.endpoint)")
            driver.run.trust.add(server: listener.endpoint)
        } catch {
            throw SessionFailure(
                reason: "local.egress",
                stage: "start",
                message: "the scripted server \(name) cannot listen on \(endpoint)",
                notes: [error.detail] + Self.notes(on: error)
            )
        }
    }

    var name: String { script.server.name }
    var options: ServerOptions { script.server.options }
    var isImplicitTLS: Bool { script.server.protocolName.hasSuffix("s") || isRawTLS }
    var speaksLMTP: Bool { script.server.protocolName == "lmtp" }
    var speaksSMTP: Bool { script.server.protocolName.hasPrefix("smtp") || speaksLMTP }
    var speaksIMAP: Bool { script.server.protocolName.hasPrefix("imap") }
    private var isRawTLS: Bool { script.server.protocolName == "tls" }

    // MARK: - ServerHandle

    var address: String { log.address }
    var lines: [String] { log.lines }
    var verbs: [String] { log.verbs }
    var last: String { log.last }
    var connections: [any ServerHandle] { log.connections }

    func count(_ verb: String) -> Int { log.count(verb.asciiLowercased) }

    /// Stops listening and closes what is open.
    func stop() {
        guard let listener else { return }
        driver.run.trust.remove(server: listener.endpoint)
        listener.close()
        self.listener = nil
        for connection in open.values { connection.stopSoon() }
    }

    // MARK: - For connections

    /// The rule for an event, the first that fits; every rule whose event, connection and pattern
    /// fit counts it.
    func rule(
        for event: String,
        subject: [UInt8],
        line: [UInt8],
        on connection: ServerConnection
    ) -> CheckedServerRule? {
        var chosen: CheckedServerRule?
        for (index, rule) in script.server.rules.enumerated() {
            let isOfAnyLine = rule.event == "line" && !Self.noLines.contains(event)
            guard rule.event == event || isOfAnyLine, covers(rule.scope, connection) else {
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

    /// Events that are no line of the client's, or only a part of one.
    static let noLines: Set<String> = ["greet", "tls", "literal"]

    private func covers(_ scope: CheckedServerRule.Scope, _ connection: ServerConnection) -> Bool {
        if let isSecured = scope.isSecured, isSecured != connection.isSecured { return false }
        if let isAuthenticated = scope.isAuthenticated,
            isAuthenticated != connection.isAuthenticated
        {
            return false
        }
        if let numbers = scope.connections, !numbers.contains(connection.number) { return false }
        if let most = scope.moreThan, open.count <= most { return false }
        return true
    }

    /// The octets of a text.
    func text(_ index: Int) -> [UInt8] { script.texts[index] }

    func forget(_ connection: ServerConnection) {
        open[ObjectIdentifier(connection)] = nil
    }

    /// Makes the TLS side, with a certificate as the script wants it, when it is first needed. Keys
    /// are made on the pool; the answer comes later.
    func makeTLS(_ answer: @escaping (Result<TLSServerContext, TLSError>) -> Void) {
        awaitingTLS.append(answer)
        guard awaitingTLS.count == 1 else { return }
        let (options, own, address, trust) = (
            script.server.options, identity, certifiedEndpoint, driver.run.trust
        )
        driver.loop.offload {
            Result { () throws(TLSError) in
                try ServerCertificates.context(
                    for: options,
                    own: own,
                    address: address,
                    trust: trust
                )
            }
        } completion: { [weak self] result in
            guard let self else { return }
            tlsContext = try? result.get()
            let waiting = awaitingTLS
            awaitingTLS = []
            for answer in waiting { answer(result) }
        }
    }

    /// The address that stands in the certificate: where it listens, or where the server is that it
    /// plays.
    private var certifiedEndpoint: Endpoint? {
        if let target = options.replays.first?.target,
            case .address(let address, let port)? = try? Endpoint(parsing: target, defaultPort: 0)
        {
            return .address(address, port: port)
        }
        return listener?.endpoint
    }

    /// Whether it plays a recording, and so lets anybody in whom the real server let in.
    var isReplay: Bool { !options.replays.isEmpty }

    /// Why there is no connection, if the recording has none at this point. It counts like one.
    func absence() -> String? {
        let number = log.count("connect") + 1
        for rule in script.server.rules where rule.event == "connect" {
            guard rule.scope.connections?.contains(number) ?? true,
                case .absent(let reason)? = rule.actions.first
            else { continue }
            log.heard("connect")
            return reason
        }
        return nil
    }

    /// Whether a user may log in with a password; anybody may where no users are set.
    func accepts(user: [UInt8], password: [UInt8]) -> Bool {
        accounts.map { $0[user] == password } ?? true
    }

    /// What the SASL mechanisms have to know; `faults` are the words of the rule.
    func saslContext(faults: [String]) -> SASLServerContext {
        var context = SASLServerContext(host: greetingName, accounts: accounts)
        if speaksIMAP { context.service = "imap" }
        if isReplay { context.commonPassword = Redactor.mark }
        context.faults = Set(faults.compactMap { SASLServerFault(rawValue: $0) })
        if let iterations = options.iterations { context.iterations = iterations }
        return context
    }

    // MARK: - Private

    private func accept(_ transport: any Transport) -> any TransportHandler {
        guard listener != nil else { return RefusedConnection(transport) }
        log.heard("connect")
        let own = ServerLog(
            name: name,
            address: transport.remoteEndpoint.map { "\($0)" } ?? ""
        )
        own.heard("connect")
        log.addConnection(own)
        let connection = ServerConnection(
            server: self,
            transport: transport,
            number: log.count("connect"),
            log: own
        )
        guard open.count < Self.connectionLimit else {
            connection.stop()
            return connection
        }
        open[ObjectIdentifier(connection)] = connection
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

    /// A port of its own serves one test at a time.
    private static func notes(on error: TransportError) -> [String] {
        guard error.detail.contains("already in use") else { return [] }
        return ["‘127.0.0.1:auto’ takes a free port, so that tests can run side by side (--jobs)"]
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
