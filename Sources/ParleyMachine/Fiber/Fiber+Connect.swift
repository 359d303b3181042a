import ParleyDiagnostics
import ParleyNetwork
import ParleySemantics
import ParleyVerbs

extension Fiber {
    func connect(_ number: Int32) throws -> Request? {
        let site = code.connects[Int(number)]
        let endpoint = try endpoint(registers[Int(site.endpoint)], site.spec)
        var target = ConnectTarget(endpoint)
        if let source = site.source { try setSource(registers[Int(source)], of: &target) }
        let route = site.route.isDirect ? nil : try route(site.route, &target)
        let name = try peerName(site.name)
        let pregreet = try site.pregreet.map { try registers[Int($0)].octets() }
        var within: Int64?
        if let own = site.within {
            _ = try waitLimit(own, phase: 0)
            within = wait.length
        } else {
            // Phases are the driver's.
            _ = enclosingLimit()
        }
        waiting = .connect(number)
        return .connect(
            ConnectRequest(
                spec: site.spec,
                label: site.label,
                target: target,
                route: route,
                name: name,
                pregreet: pregreet,
                tls: try tls(site.tls),
                limit: Limit(deadline: MonotonicTime(nanoseconds: limit.deadline), isOwn: false),
                within: within
            )
        )
    }

    /// The name that SNI asks for, where the script gives one.
    func peerName(_ register: Register?) throws -> String? {
        guard let register else { return nil }
        let name = try registers[Int(register)].text()
        if let found = Word.forbidden(name.utf8) {
            throw ScriptError.value("\(found) cannot stand in a name")
        }
        return name
    }

    func endpoint(_ value: Value, _ spec: ProtocolSpec) throws -> Endpoint {
        if case .ip(let text) = value.bare, let address = IPAddress(text) {
            guard let port = spec.defaultPort else {
                throw ScriptError.value("‘\(spec.name)’ needs a port behind \(text)")
            }
            return .address(address, port: port)
        }
        let text = try value.text()
        do {
            return try shared.lastEndpoint.parse(text, defaultPort: spec.defaultPort)
        } catch {
            throw ScriptError.value(error.description)
        }
    }

    func connectEnded(_ number: Int32, _ event: Event) throws -> Request? {
        let site = code.connects[Int(number)]
        var frame = Judged(
            stage: "banner",
            family: site.spec.family,
            reason: .fixed("\(site.spec.family).banner"),
            handle: nil,
            place: site.place
        )
        guard case .connected(let session, let greeting) = event else {
            frame.stage = "connect"
            let request = try judge(event, site.expectation, binding: site.binding, frame)
            position += 1
            return request
        }
        if let former = sessions[site.slot], former.isOpen { strays.append(former) }
        sessions[site.slot] = session
        frame.handle = session
        var request: Request?
        if let greeting {
            request = try judge(.reply(greeting), site.expectation, binding: site.binding, frame)
        } else if site.expectation.isExplicit {
            tellHeld(site.expectation.place)
        }
        position += 1
        return request
    }

    /// `close`: politely, and nobody waits for the farewell; or as a test wants it.
    func close(_ slot: Int, _ form: CloseForm) -> Request? {
        guard let session = sessions[slot], session.isOpen else {
            position += 1
            return nil
        }
        waiting = .next
        return form == .politely ? .close([session]) : .cut(session, form)
    }
}
