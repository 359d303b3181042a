public import ParleyMachine
public import ParleySemantics

/// A run that stands still before a statement, or behind one that failed.
public final class DebugStop: Sendable {
    /// The stop's number in ``table``.
    public let number: Int
    /// The statements of the script.
    public let table: StopTable
    /// The title of the test.
    public let title: String
    /// What failed; `nil` before a statement.
    public let failure: Finding?
    /// Runs pieces where the test stands, with its values and sessions.
    public let live: LiveRun

    private let onLeave: @Sendable () -> Void

    init(
        number: Int,
        table: StopTable,
        title: String,
        failure: Finding?,
        live: LiveRun,
        onLeave: @escaping @Sendable () -> Void
    ) {
        self.number = number
        self.table = table
        self.title = title
        self.failure = failure
        self.live = live
        self.onLeave = onLeave
    }

    /// The statement.
    public var stop: StopTable.Stop { table.stops[number] }

    /// Lets the test go on. Its clock stood still.
    public func leave() { onLeave() }
}
