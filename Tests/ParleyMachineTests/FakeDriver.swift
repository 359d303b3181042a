import ParleyDiagnostics
import ParleyMachine
import ParleyNetwork
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

/// Drives fibers without a network: verbs are answered out of a table, time passes when something
/// is waited for.
final class FakeDriver {
    /// What a verb is answered with.
    enum Answer {
        case reply(String)
        case failure(String)
        /// A failure that explains itself with a reply.
        case quoting(String, String)
        case silence
    }

    /// Answers by `EHLO`, `RCPT`, … or `RCPT argument`; a list is used up, its last stays.
    var answers: [String: [Answer]] = [:]
    /// What new sessions say of themselves.
    var sessionState = "ready"
    var greeting: Answer = .reply("220 mx.test ESMTP")
    var now = MonotonicTime(nanoseconds: 1_000_000_000)
    /// How long each verb takes.
    var verbTime: Int64 = 1_000_000
    /// How long each `send` takes.
    var sendTime: Int64 = 0
    var log: [String] = []
    var notes: [FiberNote] = []
    var files: [String: String] = [:]
    var sessions: [FakeSession] = []
    var servers: [FakeServer] = []
    /// Cancels when this is logged.
    var cancelAt: (entry: String, cancellation: Cancellation)?
    /// Cancels a second time when this is logged.
    var cancelAgainAt: String?
    /// Drops the first request to close and cancels in its place.
    var dropsCloseAtCancel = false
    var maximumSteps = 100_000

    /// Runs a fiber to its end.
    func run(_ fiber: Fiber) -> FiberOutcome {
        var event = Event.started
        for _ in 0..<maximumSteps {
            let request = fiber.resume(event, now: now)
            notes += fiber.takeNotes()
            if case .finished = request { return fiber.outcome }
            if dropsCloseAtCancel, case .close = request {
                dropsCloseAtCancel = false
                log.append("dropped")
                event = .cancelled(Cancellation(.interrupt))
                continue
            }
            let answer = perform(request)
            if let again = cancelAgainAt, log.last == again {
                cancelAgainAt = nil
                event = .cancelled(Cancellation(.interrupt))
            } else if let cancel = cancelAt, log.last == cancel.entry {
                cancelAt = nil
                event = .cancelled(cancel.cancellation)
            } else {
                event = answer
            }
        }
        log.append("did not end")
        return fiber.outcome
    }

    private func perform(_ request: Request) -> Event {
        switch request {
        case .connect(let request): return connect(request)
        case .verb(let handle, let call, _, let limit):
            let words = call.arguments.map { String(decoding: $0.bytes, as: UTF8.self) }
            let line = ([call.spec.wireName] + words).joined(separator: " ")
            log.append(line)
            return answer(call.spec.wireName, line, handle, limit)
        case .pipeline(let handle, let calls, _, let limit):
            return .replies(
                calls.map { call in
                    let words = call.arguments.map { String(decoding: $0.bytes, as: UTF8.self) }
                    let line = ([call.spec.wireName] + words).joined(separator: " ")
                    log.append("+" + line)
                    switch answer(call.spec.wireName, line, handle, limit) {
                    case .reply(let reply): return .success(reply)
                    case .failed(let failure): return .failure(failure)
                    default: return .failure(SessionFailure(reason: "x", stage: "x", message: "x"))
                    }
                }
            )
        case .send(_, let request, _):
            now = now + .nanoseconds(sendTime)
            log.append(
                "send \(Value.string(String(decoding: request.bytes, as: UTF8.self)).display)"
            )
            return .done
        case .receive(let handle, let unit, let limit):
            switch unit {
            case .reply: return answer("receive", "receive", handle, limit)
            case .line: return .data(Array("* line".utf8))
            case .bytes(let count): return .data(Array(repeating: 0x41, count: count))
            case .until: return .data(Array("until".utf8))
            }
        case .close(let handles):
            for handle in handles {
                log.append("close \(handle.id)")
                (handle as? FakeSession)?.isOpen = false
            }
            return .done
        case .abort(let handle):
            log.append("abort \(handle.id)")
            (handle as? FakeSession)?.isOpen = false
            return .done
        case .cut(let handle, let form):
            log.append("close \(handle.id) \(form.rawValue)")
            if form != .half { (handle as? FakeSession)?.isOpen = false }
            return .done
        case .sleep(let until, let limit):
            if limit.deadline < until {
                now = limit.deadline
                return .timedOut(stage: "pause", held: [])
            }
            now = max(now, until)
            log.append("sleep")
            return .done
        case .compute(let work, _):
            log.append("compute")
            return .computed(work())
        case .signal(let name):
            log.append("signal \(name)")
            return .done
        case .await(let name, _, _):
            log.append("await \(name)")
            return .done
        case .yield: return .done
        case .startServer(let script):
            let server = FakeServer(name: script.server.name)
            servers.append(server)
            log.append("start \(script.server.name)")
            return .serverStarted(server)
        case .survey: return .failed(SessionFailure(reason: "x", stage: "x", message: "x"))
        case .stopServer(let handle):
            log.append("stop \(handle.name)")
            return .done
        case .readFile(let path, _):
            log.append("read \(path)")
            guard let text = files[path] else {
                return .file(.failure(FileFailure(reason: "local.file", message: "no \(path)")))
            }
            return .file(.success(Array(text.utf8)))
        case .spawn(let request):
            return .joined((0..<request.count).map { run(request.make($0)) })
        case .stop(let number):
            log.append("stop \(number)")
            return .done
        case .finished: return .done
        }
    }

    private func connect(_ request: ConnectRequest) -> Event {
        log.append("connect \(request.target.endpoint)")
        switch greeting {
        case .reply(let text):
            let session = FakeSession(
                id: sessions.count + 1,
                label: request.label,
                protocolName: request.spec.family
            )
            session.state = sessionState
            sessions.append(session)
            session.banner = reply(text)
            session.lastReply = session.banner
            return .connected(session, greeting: session.banner)
        case .failure(let reason):
            return .failed(
                SessionFailure(reason: reason, stage: "connect", message: "no: \(reason)")
            )
        case .quoting(let reason, let text):
            return .failed(
                SessionFailure(reason: reason, stage: "banner", message: "no", reply: reply(text))
            )
        case .silence:
            now = now + .nanoseconds(request.within ?? 30_000_000_000)
            return .timedOut(stage: "banner", held: Array("22".utf8))
        }
    }

    private func answer(
        _ verb: String,
        _ line: String,
        _ handle: any SessionHandle,
        _ limit: Limit
    ) -> Event {
        let key = answers[line] != nil ? line : verb
        var found: Answer = .reply(Self.usual[verb] ?? "250 ok")
        if let list = answers[key], let first = list.first {
            found = first
            if list.count > 1 { answers[key] = Array(list.dropFirst()) }
        }
        guard let session = handle as? FakeSession else { return .done }
        switch found {
        case .reply(let text):
            now = now + .nanoseconds(verbTime)
            if now >= limit.deadline {
                now = limit.deadline
                return .timedOut(stage: verb, held: [])
            }
            let answer = reply(text)
            session.lastReply = answer
            if verb == "EHLO", answer.isPositive { session.capabilities = Capabilities(answer) }
            if verb == "QUIT" { session.isOpen = false }
            return .reply(answer)
        case .failure(let reason):
            session.isOpen = false
            return .failed(
                SessionFailure(reason: reason, stage: verb, message: "failed: \(reason)")
            )
        case .quoting(let reason, let text):
            session.isOpen = false
            return .failed(
                SessionFailure(reason: reason, stage: verb, message: "closed", reply: reply(text))
            )
        case .silence:
            now = limit.deadline
            return .timedOut(stage: verb, held: Array("250-".utf8))
        }
    }

    private static let usual = [
        "EHLO": "250-mx.test\n250-SIZE 10240000\n250-AUTH PLAIN LOGIN\n250 PIPELINING",
        "DATA": "354 go on",
        "QUIT": "221 bye",
    ]
}
