public import ParleyDiagnostics

extension Fiber {
    /// Where it stands in the script.
    public var standing: SourcePlace { code.place(at: position) }

    func signal(_ name: Value) throws -> Request? {
        let name = try name.text()
        waiting = .next
        return .signal(name)
    }

    func awaitSignal(_ number: Int32) throws -> Request? {
        let site = code.awaits[Int(number)]
        let name = try registers[Int(site.name)].text()
        waiting = .await(number)
        let place = code.place(at: position).description
        return .await(name, place: place, try waitLimit(site.within, phase: 0))
    }

    func awaitEnded(_ number: Int32, _ event: Event) throws {
        guard case .done = event else {
            let name = (try? registers[Int(code.awaits[Int(number)].name)].text()) ?? ""
            var error = unexpected(event, stage: "await", family: "script", handle: nil)
            if var failure = error as? Failure {
                failure.finding.notes.insert("nobody gave the signal ‘\(name)’", at: 0)
                error = failure
            }
            throw error
        }
        position += 1
    }
}
