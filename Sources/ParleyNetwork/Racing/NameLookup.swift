/// Drives an ``AddressLookup`` by a loop's clock, for a loop of whichever kind. Loop only.
package final class NameLookup {
    /// What a resolver says of one family.
    package typealias Answer = Result<[IPAddress], TransportError>

    private let loop: any Loop
    private var lookup: AddressLookup
    private var timer: (any LoopTimer)?
    private var isOver = false
    private let proceed: (AddressLookup.Step, _ isComplete: Bool) -> Void

    /// A look-up of the target's name; `nil` if its endpoint is no name.
    ///
    /// - Parameter proceed: is told what to connect to, perhaps twice, or why that cannot be; never
    ///   to wait.
    package init?(
        _ target: ConnectTarget,
        on loop: any Loop,
        _ proceed: @escaping (AddressLookup.Step, _ isComplete: Bool) -> Void
    ) {
        guard let lookup = AddressLookup(target) else { return nil }
        self.loop = loop
        self.lookup = lookup
        self.proceed = proceed
    }

    /// Asks for each family by `resolve`, which answers later, on the loop.
    package func start(_ resolve: (AddressFamily, @escaping (Answer) -> Void) -> Void) {
        for family in lookup.families {
            resolve(family) { [self] answer in
                guard !isOver else { return }
                perform(lookup.answered(family, answer, at: loop.now))
            }
        }
    }

    /// Nothing more is told.
    package func cancel() {
        isOver = true
        timer?.cancel()
        timer = nil
    }

    private func perform(_ step: AddressLookup.Step) {
        timer?.cancel()
        timer = lookup.deadline.map { time in
            loop.schedule(at: time) { [self] in
                timer = nil
                guard !isOver else { return }
                perform(lookup.delayPassed())
            }
        }
        if case .wait = step { return }
        proceed(step, lookup.isComplete)
    }
}
