import ParleyDiagnostics

/// The signals of one test, between its fibers and its scripted servers. A signal that was given
/// stays given, so that it does not matter who comes first. Loop only.
final class SignalBoard {
    private struct Waiter {
        var name: String
        var description: String
        var goOn: () -> Void
    }

    private var given: Set<String> = []
    private var waiters: [Int: Waiter] = [:]
    private var number = 0

    /// Lets those go on who await the name, now or later.
    func signal(_ name: String) {
        guard given.insert(name).inserted else { return }
        let ready = waiters.filter { $0.value.name == name }.sorted { $0.key < $1.key }
        for (number, _) in ready { waiters[number] = nil }
        for (_, waiter) in ready { waiter.goOn() }
    }

    /// Calls `goOn` when the name is signalled.
    ///
    /// - Parameter description: who awaits it, for the report of a deadlock.
    /// - Returns: a number for ``giveUp(_:)``; `nil` if the signal was given already, and then
    ///   `goOn` is not called.
    func expect(_ name: String, by description: String, goOn: @escaping () -> Void) -> Int? {
        guard !given.contains(name) else { return nil }
        number += 1
        waiters[number] = Waiter(name: name, description: description, goOn: goOn)
        return number
    }

    /// Does not wait any more.
    func giveUp(_ number: Int) {
        waiters[number] = nil
    }

    /// Who awaits what, one sentence each; the first few.
    var waiting: [String] {
        guard !waiters.isEmpty else { return [] }
        return waiters.sorted { $0.key < $1.key }.prefix(8).map { _, waiter in
            "\(waiter.description) awaits the signal ‘\(waiter.name)’"
        }
    }
}
