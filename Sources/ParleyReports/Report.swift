public import ParleyEngine

/// A rendering of a run: a function of its events, and of nothing else.
///
/// A report is not called from two threads at once; ``ReportSink`` sees to that, and calls it away
/// from the event loops, so that a slow terminal stalls no conversation.
public protocol Report: Sendable {
    /// Whether it shows the dialogue as it happens, so that the engine publishes it.
    var wantsDialogue: Bool { get }

    /// Whether it has something to redraw while nothing happens.
    var isLive: Bool { get }

    /// Whether an event of this kind shows anywhere; others need not be kept for it.
    func shows(_ kind: RunEvent.Kind) -> Bool

    /// Takes the next event and writes what it makes of it.
    mutating func receive(_ event: RunEvent)

    /// Redraws what moves with time; called some times a second if ``isLive``.
    ///
    /// - Parameter elapsed: nanoseconds since the first event.
    mutating func tick(elapsed: Int64)

    /// Leaves the output fit for whatever comes next, also after a run that never ended.
    mutating func finish()
}

extension Report {
    /// Nothing moves.
    public var isLive: Bool { false }

    /// Everything shows.
    public func shows(_ kind: RunEvent.Kind) -> Bool { true }

    /// Nothing moves.
    public mutating func tick(elapsed: Int64) {}

    /// Nothing is left over.
    public mutating func finish() {}
}
