import ParleyDiagnostics
import ParleyNetwork
import ParleyTLS
import ParleyVerbs

extension Fiber {
    func survey(_ number: Int32) throws -> Request? {
        let site = code.surveys[Int(number)]
        let endpoint = try endpoint(registers[Int(site.endpoint)], site.spec)
        let name = try peerName(site.name)
        let limit = try site.within.map { try waitLimit($0, phase: 0) } ?? enclosingLimit()
        waiting = .survey(number)
        let request = SurveyRequest(spec: site.spec, target: ConnectTarget(endpoint), name: name)
        return .survey(request, limit)
    }

    func surveyEnded(_ number: Int32, _ event: Event) throws {
        let site = code.surveys[Int(number)]
        switch event {
        case .surveyed(let offers):
            if let binding = site.binding { registers[Int(binding)] = Value(offers) }
            position += 1
        case .surveyFailed(let event, let session):
            throw unexpected(
                event,
                stage: "tls offers",
                family: site.spec.family,
                handle: session
            )
        default:
            throw unexpected(event, stage: "tls offers", family: site.spec.family, handle: nil)
        }
    }
}

extension Value {
    /// What a server speaks, field by field.
    init(_ offers: TLSOffers) {
        let suites = offers.versions.flatMap { version in
            version.ciphers.map { Value.string("\(version.name) \($0)") }
        }
        self = .map(
            MapBox([
                ("versions", .list(offers.versions.map { .tlsVersion(Int($0.number & 0xFF)) })),
                ("ciphers", .list(offers.ciphers.map(Value.string))),
                ("suites", .list(suites)),
                ("groups", .list(offers.groups.map(Value.string))),
                ("order", .string(offers.order)),
                ("connections", .int(offers.connections)),
            ])
        )
    }
}
