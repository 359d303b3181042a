import Glibc
public import ParleyEngine

/// Takes a run's events on the event loops' threads and renders them on a thread of its own, so
/// that a slow terminal or a full pipe stalls no conversation.
///
/// Events wait in order in a bounded queue; only when it is full does an event loop wait for the
/// output. ``finish()`` ends the thread once all is written.
public final class ReportSink: EventSink {
    /// How many events may wait.
    private static let capacity = 16384
    /// How often what moves is redrawn, in nanoseconds.
    private static let tickInterval: Int64 = 100_000_000

    /// What the report wants.
    public let wantsDialogue: Bool

    /// Whether the report shows that sessions come and go.
    public let wantsSessions: Bool

    private let filter: any Report
    private let queue = WaitingQueue<RunEvent>(capacity: ReportSink.capacity)
    private let thread: JoinableThread

    /// A sink that renders with `report`.
    public init(_ report: any Report) {
        wantsDialogue = report.wantsDialogue
        wantsSessions = report.shows(.closed(session: 0, how: ""))
        filter = report
        thread = JoinableThread { [queue] in
            var report = report
            let interval = report.isLive ? Self.tickInterval : nil
            let started = MonotonicNow.nanoseconds()
            var drawn = started
            while true {
                switch queue.take(waitingAtMost: interval) {
                case .items(let events):
                    for event in events { report.receive(event) }
                case .nothingYet: break
                case .ended:
                    report.finish()
                    return
                }
                let now = MonotonicNow.nanoseconds()
                if interval != nil, now - drawn > Self.tickInterval / 4 {
                    drawn = now
                    report.tick(elapsed: now - started)
                }
            }
        }
    }

    /// Puts the event into the queue, if the report shows such.
    public func receive(_ event: RunEvent) {
        guard filter.shows(event.kind) else { return }
        queue.put(event)
    }

    /// Waits until everything is written. Events that come later are dropped.
    public func finish() {
        queue.end()
        thread.join()
    }
}

/// The monotonic clock, for what moves on the screen and nothing else.
enum MonotonicNow {
    static func nanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
