import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleyVerbs

extension FiberTask {
    /// Where a recording listens in place of the server; `nil` for a script that is none, and for
    /// servers that the script itself has started.
    ///
    /// - Throws: `script.replay` if the recording knows no such server, and whatever kept the
    ///   recorded run from connecting.
    func standIn(for request: ConnectRequest) throws(SessionFailure) -> Endpoint? {
        let endpoint = request.target.endpoint
        guard let servers = test.script.replay, !driver.run.trust.isServer(endpoint) else {
            return nil
        }
        let target = "\(endpoint)"
        // A server that names the attempt stands before one that serves them all.
        let number = [test.attempt, nil].lazy.compactMap { attempt in
            servers.firstIndex { script in
                script.server.protocolName == request.spec.name
                    && script.server.options.replays.contains { replayed in
                        replayed.target == target
                            && replayed.title ?? self.test.instance.title
                                == self.test.instance.title
                            && replayed.attempt == attempt
                    }
            }
        }
        .first
        guard let number else {
            throw SessionFailure(
                reason: "script.replay",
                stage: "connect",
                message: "the recording has no \(request.spec.name) server \(target) in this test",
                notes: ["a recording never reaches for the network"]
            )
        }
        let server = try test.replay(servers[number], number, identity)
        if let reason = server.absence() {
            throw SessionFailure(
                reason: reason,
                stage: "connect",
                message: "\(target) was not to be connected to when this was recorded"
            )
        }
        return try? Endpoint(parsing: server.address, defaultPort: 0)
    }

    /// Follows a session for the recording, unless it is with a server of the script itself.
    func record(_ session: Session) {
        guard let recorder = driver.run.recorder,
            !driver.run.trust.isServer(session.request.target.endpoint)
        else { return }
        recorder.began(
            session,
            script: test.script.path,
            title: test.instance.title,
            attempt: test.attempt
        )
    }
}

extension TestRun {
    /// The server of a recording, which begins to listen when it is first asked for.
    func replay(
        _ script: ServerScript,
        _ number: Int,
        _ identity: EventIdentity
    ) throws(SessionFailure) -> ScriptedServer {
        if let server = replaying[number] { return server }
        let server = try start(script, identity)
        replaying[number] = server
        return server
    }
}

extension ServerScript {
    /// The servers of a recording: their texts are written out.
    static func recorded(in program: CheckedProgram) -> [ServerScript] {
        program.servers.filter { !$0.options.replays.isEmpty }.map { server in
            ServerScript(
                server: server,
                texts: server.texts.map { text in
                    switch text.form {
                    case .constant(.string(let text)): Array(text.utf8)
                    case .constant(.bytes(let octets)): octets
                    default: []
                    }
                }
            )
        }
    }
}

extension SessionFailure {
    /// A failed connection as what the fiber awaits: a time that passed is no failure for it.
    var asConnectEvent: Event {
        reason == "net.timeout" ? .timedOut(stage: stage, held: []) : .failed(self)
    }
}
