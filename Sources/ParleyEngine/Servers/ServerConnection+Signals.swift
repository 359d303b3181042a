import ParleyDiagnostics
import ParleyMachine
import ParleyNetwork
import ParleySemantics

extension ServerConnection {
    /// Goes on once the name is signalled; gives the connection up if nobody does so in time.
    func awaitSignal(
        _ name: String,
        within limit: Int64,
        _ rule: CheckedServerRule?,
        then goOn: @escaping () -> Void
    ) {
        let board = server.surroundings.signals
        let who = "connection \(number) of the scripted server \(server.name)"
        let place = rule.map { " (\($0.place.description))" } ?? ""
        var timer: (any LoopTimer)?
        signal = board.expect(name, by: who + place) { [weak self] in
            timer?.cancel()
            self?.signal = nil
            goOn()
        }
        guard let number = signal else {
            goOn()
            return
        }
        timer = loop.schedule(at: loop.now + .nanoseconds(limit)) { [weak self] in
            guard let self, signal == number else { return }
            signal = nil
            board.giveUp(number)
            late(name, limit, who, rule)
        }
    }

    /// A signal that nobody gave: the test is told, and the client left.
    private func late(_ name: String, _ limit: Int64, _ who: String, _ rule: CheckedServerRule?) {
        let length = Duration.nanoseconds(limit)
        note("*", Array("the signal \(name) did not come within \(length)".utf8))
        if let rule {
            let surroundings = server.surroundings
            surroundings.report(
                Finding(
                    verdict: .fail,
                    reason: "time.signal",
                    stage: "await",
                    message: "\(who) awaited the signal ‘\(name)’ for \(length), "
                        + "and nobody gave it",
                    place: rule.place,
                    notes: [surroundings.standing()] + surroundings.signals.waiting
                )
            )
        }
        stop()
    }
}
