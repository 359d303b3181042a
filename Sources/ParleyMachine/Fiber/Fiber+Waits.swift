import ParleyDiagnostics
import ParleyNetwork

extension Fiber {
    /// The limit of a wait: the statement's own or its phase's, clipped by what is around it.
    func waitLimit(_ within: LimitSite?, phase: Int64) throws -> Limit {
        let length = try within.map { try self.length($0) } ?? phase
        wait.place = within?.place
        wait.length = length
        wait.isOfBody = false
        let own = now.nanoseconds.addingClamped(length)
        wait.isOwn = own <= limit.deadline
        wait.deadline = MonotonicTime(nanoseconds: min(own, limit.deadline))
        return Limit(deadline: wait.deadline, isOwn: wait.isOwn, isStatement: within != nil)
    }

    /// The limit of a wait that has none of its own.
    func enclosingLimit() -> Limit {
        wait = CurrentWait()
        return Limit(deadline: MonotonicTime(nanoseconds: limit.deadline), isOwn: false)
    }

    /// A limit's length in nanoseconds.
    func length(_ site: LimitSite) throws -> Int64 {
        if let constant = site.constant { return constant }
        return try duration(registers[Int(site.register)], "a limit")
    }

    /// A duration that is not negative.
    func duration(_ value: Value, _ what: String) throws -> Int64 {
        guard case .duration(let nanoseconds) = value.bare else {
            if value.isUnset { throw ScriptError.unbound(what) }
            throw ScriptError.value("\(what) is a duration, not \(value.kindName)")
        }
        guard nanoseconds >= 0 else { throw ScriptError.value("\(what) cannot be negative") }
        return nanoseconds
    }

    func pause(_ value: Value) throws -> Request? {
        let length = try duration(value, "a pause")
        waiting = .pause
        return .sleep(
            until: MonotonicTime(nanoseconds: now.nanoseconds.addingClamped(length)),
            enclosingLimit()
        )
    }

    /// A wait took too long: which limit it was, who set it, and what had come so far.
    func late(
        stage: String,
        held bytes: [UInt8],
        family: String,
        handle: (any SessionHandle)?
    ) -> Failure {
        // Phases of `connect` are the driver's; whatever is not the outer limit is one of them.
        let isOuter = now.nanoseconds >= limit.deadline && !wait.isOwn
        var finding = Finding(
            verdict: .fail,
            reason: isOuter ? outerReason : Fiber.reason(ofStage: stage, family: family),
            stage: stage,
            message: "",
            place: code.place(at: position),
            session: handle?.id,
            steps: steps
        )
        if isOuter {
            finding.message = "\(stage): \(outerName) passed"
            finding.notes.append(outerNote)
        } else {
            let limits = shared.context.limits
            let phase = wait.isOfBody ? limits.bodyPhase : limits.phase(ofStage: stage)
            // A handshake is the second part of its statement: its own phase is what passed.
            let isWhole = wait.length > 0 && (wait.place != nil || stage != "TLS handshake")
            let length = DurationText.describe(isWhole ? wait.length : phase.length)
            finding.message = "\(stage): \(Fiber.lack(ofStage: stage)) within \(length)"
            finding.notes.append(
                wait.place.map { "the limit of \(length) was set at \($0.description)" }
                    ?? "the limit of \(length) is that of \(phase.what): \(phase.origin)"
            )
        }
        finding.notes += othersWaiting()
        // What comes of a handshake is counted by the session, which has its octets; and what this
        // machine computes nobody else has to send.
        let isDialogue = handle != nil && stage != "TLS handshake" && stage != "computing"
        if isDialogue || !bytes.isEmpty { finding.notes.append(Fiber.describe(held: bytes)) }
        return Failure(finding: finding, isHopeless: isPastTest)
    }

    /// A computation took too long.
    func lateByItself() -> Failure {
        let finding = Finding(
            verdict: .fail,
            reason: outerReason,
            stage: "",
            message: "\(outerName) passed while the script was computing",
            place: code.place(at: position),
            notes: [outerNote],
            steps: steps
        )
        return Failure(finding: finding, isHopeless: isPastTest)
    }

    private var isPastTest: Bool {
        if case .test = limit.owner { return now.nanoseconds >= limit.deadline }
        return false
    }

    private var outerReason: String {
        switch limit.owner {
        case .test, .nobody: "time.test"
        case .block, .branches, .cleanup: "time.block"
        }
    }

    private var outerName: String {
        let length = DurationText.describe(limit.length)
        switch limit.owner {
        case .test, .nobody: return "the test’s limit of \(length)"
        case .block, .branches: return "the block’s limit of \(length)"
        case .cleanup: return "the \(length) for cleaning up"
        }
    }

    private var outerNote: String {
        switch limit.owner {
        case .test, .nobody:
            return shared.timeout == nil
                ? "the limit is that of all tests: \(shared.context.limits.origin(of: "test"))"
                : "the limit was set by the test’s ‘timeout’"
        case .block(let number):
            let region = code.regions[Int(number)]
            return "the limit was set at \((region.within?.place ?? region.place).description)"
        case .branches(let number):
            let site = code.spawns[Int(number)]
            return "the limit was set at \((site.within?.place ?? site.place).description)"
        case .cleanup:
            return "‘finally’ has a limit of its own once the time has run out"
        }
    }

    static func reason(ofStage stage: String, family: String) -> String {
        switch stage {
        case "connect": "net.timeout"
        case "dns", "DNS": "dns.timeout"
        case "TLS handshake", "tls": "tls.handshake.timeout"
        case "banner", "greeting": "\(family).banner.timeout"
        case "await": "time.signal"
        case "computing": "time.statement"
        default: "\(family).reply.timeout"
        }
    }

    private static func lack(ofStage stage: String) -> String {
        switch stage {
        case "connect": "no connection"
        case "dns", "DNS": "no answer of the resolver"
        case "TLS handshake", "tls": "the handshake did not end"
        case "banner", "greeting": "no greeting"
        case "send": "the server did not take what was sent"
        case "receive": "nothing whole came"
        case "await": "no signal"
        case "computing": "this machine was not done"
        default: "no reply"
        }
    }

    /// `received so far, 6 octets: "250-ab"`
    static func describe(held bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "nothing was received while waiting" }
        let text = String(decoding: bytes.prefix(200), as: UTF8.self)
        return "received so far, \(bytes.count) octets: \(Value.quote(text, 120))"
    }
}
