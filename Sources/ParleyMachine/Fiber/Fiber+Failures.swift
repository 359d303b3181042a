import ParleyDiagnostics
import ParleySyntax
import ParleyWire

extension Fiber {
    /// The titles of the steps around the statement, outermost first.
    var steps: [String] {
        outerSteps + frames.compactMap(\.title)
    }

    /// Takes up whatever ended a statement: notes it and leaves blocks until something catches it.
    func stop(_ error: any Error) {
        switch error {
        case let failure as Failure:
            record(failure.finding, isHopeless: failure.isHopeless)
            unwind(.fatal)
        case is SkipTest:
            unwind(.skip)
        case let mistake as ScriptError where mistake.isUnbound && guardDepth > 0:
            tell(.logged("skipped in ‘finally’: \(mistake.message)"))
            unwind(.fatal)
        case let mistake as ScriptError:
            record(
                Finding(
                    verdict: .error,
                    reason: mistake.isUnbound ? "script.value" : mistake.reason,
                    message: mistake.message,
                    place: code.place(at: position),
                    steps: steps
                ),
                isHopeless: true
            )
            unwind(.fatal)
        default:
            unwind(.fatal)
        }
    }

    /// Notes a finding. In `finally` and after a cancellation it can only warn.
    func record(_ finding: Finding, isHopeless: Bool) {
        if lastStop >= 0, finding.verdict >= .fail {
            failedStop = lastStop
            sessionsBeforeFailure = sessions
        }
        var finding = finding
        if guardDepth > 0 {
            if finding.verdict > .warn {
                finding.verdict = .warn
                finding.notes.append("in ‘finally’, which never changes the verdict")
            }
        } else if finding.verdict >= .fail, let state = innermostRound {
            state.hasFailed = true
            state.isHopeless = state.isHopeless || isHopeless
        }
        findings.append(finding)
        tell(.found(finding))
    }

    /// The `eventually` whose round is running, if any.
    private var innermostRound: EventuallyState? {
        frames.last { $0.eventually != nil && !$0.isCleaning }?.eventually
    }

    /// What came instead of what was expected, as a failure.
    func unexpected(
        _ event: Event,
        stage: String,
        family: String,
        handle: (any SessionHandle)?,
        place: SourcePlace? = nil,
        expected: ExpectationSite? = nil
    ) -> any Error {
        switch event {
        case .failed(let failure):
            return Failure(
                finding: finding(failure, stage, handle, place, expected),
                isHopeless: Fiber.isHopeless(failure)
            )
        case .timedOut(let late, let bytes, let notes):
            var failure = self.late(
                stage: late.isEmpty ? stage : late,
                held: bytes,
                family: family,
                handle: handle
            )
            failure.finding.notes += notes
            if let place { failure.finding.place = place }
            if let expected, expected.isExplicit {
                failure.finding.notes.append("expected \(expected.expected)")
            }
            return failure
        default:
            return ScriptError(
                "script.driver",
                "the machine was resumed with an answer to something else"
            )
        }
    }

    private func finding(
        _ failure: SessionFailure,
        _ stage: String,
        _ handle: (any SessionHandle)?,
        _ place: SourcePlace?,
        _ expected: ExpectationSite?
    ) -> Finding {
        let stage = failure.stage.isEmpty ? stage : failure.stage
        var finding = Finding(
            verdict: Fiber.verdict(of: failure.reason),
            reason: failure.reason,
            stage: stage,
            message: failure.message,
            place: place ?? code.place(at: position),
            notes: failure.notes,
            session: handle?.id,
            steps: steps
        )
        if let reply = failure.reply {
            finding.notes.append("the server’s last words: \(reply.summary)")
            finding.help = ReplyHelp.advice(for: reply, stage: stage)
        }
        finding.certificates = failure.certificates
        finding.help = finding.help ?? TLSHelp.advice(for: failure)
        if let expected, expected.isExplicit {
            finding.notes.append("expected \(expected.expected)")
        }
        if !failure.held.isEmpty { finding.notes.append(Fiber.describe(held: failure.held)) }
        return finding
    }

    /// Mistakes of the script and of this machine accuse nobody else.
    private static func verdict(of reason: String) -> Verdict {
        let family = reason.prefix { $0 != "." }
        switch family {
        case "script", "local": return .error
        case "auth": return reason == "auth.clear" ? .error : .fail
        default: return .fail
        }
    }

    /// Whether a round of `eventually` that failed so need not be tried again (rule 19).
    private static func isHopeless(_ failure: SessionFailure) -> Bool {
        if let reply = failure.reply { return reply.isPermanent }
        if failure.reason.hasPrefix("net.") || failure.reason.hasSuffix("timeout")
            || failure.reason.hasSuffix(".closed")
        {
            return false
        }
        return !["dns.servfail", "tls.handshake.failed"].contains(failure.reason)
    }

    // MARK: - Judgements of values

    /// An `expect` or `require` does not hold.
    func judgementFailed(_ site: JudgeSite) throws {
        let message: String
        if let register = site.message {
            let value = registers[Int(register)]
            message = value.isSecret ? "‹secret›" : try value.text()
        } else {
            message = "expected \(Value.cut(Value.oneLine(site.text), 200))"
        }
        let finding = Finding(
            verdict: site.isSoftened ? .warn : .fail,
            reason: "assert.value",
            message: message,
            place: site.place,
            values: values(site),
            nearest: site.offers.lazy.compactMap { self.nearest(self.code.offers[Int($0)]) }.first,
            session: site.slot.flatMap { sessions[$0]?.id },
            steps: steps
        )
        guard site.isFatal, !site.isSoftened else {
            record(finding, isHopeless: false)
            position += 1
            return
        }
        throw Failure(finding: finding, isHopeless: false)
    }

    /// The values of sub-expressions by place; of two at one place the outer one.
    private func values(_ site: JudgeSite) -> [ShownValue] {
        var shown: [ShownValue] = []
        for (anchor, register) in site.shown {
            let value = registers[Int(register)]
            guard !value.isUnset else { continue }
            if shown.last?.anchor == anchor { shown.removeLast() }
            shown.append(ShownValue(anchor: anchor, text: value.display))
        }
        return shown
    }

    /// `fail`, `warn`, `skip` and `log`.
    func remark(_ remark: Remark, _ register: Register) throws {
        var message = ""
        if register >= 0 {
            let value = registers[Int(register)]
            message = value.isSecret ? "‹secret›" : (try? value.text()) ?? value.display
        }
        let place = code.place(at: position)
        func finding(_ verdict: Verdict, _ reason: String, _ otherwise: String) -> Finding {
            Finding(
                verdict: verdict,
                reason: reason,
                message: message.isEmpty ? otherwise : message,
                place: place,
                steps: steps
            )
        }
        switch remark {
        case .log: tell(.logged(message))
        case .warn: record(finding(.warn, "assert.value", "the script warns"), isHopeless: false)
        case .fail:
            throw Failure(
                finding: finding(.fail, "assert.value", "the script fails the test"),
                isHopeless: false
            )
        case .skip:
            record(finding(.skip, "script.skip", "skipped"), isHopeless: false)
            throw SkipTest()
        }
        position += 1
    }

    func measure(_ site: MeasureSite) throws {
        let value = registers[Int(site.value)].bare
        let (number, unit): (Double, String)
        switch value {
        case .duration(let nanoseconds): (number, unit) = (Double(nanoseconds), "ns")
        case .size(let octets): (number, unit) = (Double(octets), "B")
        default:
            guard let plain = value.number else {
                if value.isUnset { throw ScriptError.unbound("the measure") }
                throw ScriptError.value("\(value.kindName) cannot be measured")
            }
            (number, unit) = (plain, "")
        }
        var verdict = Verdict.pass
        var broken: (operation: String, bound: Value)?
        for (level, bound) in [(Verdict.fail, site.fail), (Verdict.warn, site.warn)] {
            guard broken == nil, let bound else { continue }
            let limit = registers[Int(bound.bound)]
            guard case .bool(true) = try Operators.apply(bound.operation, value, limit) else {
                continue
            }
            verdict = level
            broken = (bound.operation.rawValue, limit)
        }
        tell(.measured(name: site.name, value: number, unit: unit, verdict))
        if let broken {
            record(
                Finding(
                    verdict: verdict,
                    reason: "assert.measure",
                    message: "\(site.name) is \(value.display), which is"
                        + " \(broken.operation) \(broken.bound.display)",
                    place: site.place,
                    steps: steps
                ),
                isHopeless: false
            )
        }
        position += 1
    }
}
