public import ParleyEngine
import Synchronization

/// Where the events of a run go that is being debugged: to the report, and while it stands still,
/// what is said then to the shell.
public final class DebugSink: EventSink {
    private let report: any EventSink
    private let shell = Mutex<ShellOutput?>(nil)

    /// A sink before a report.
    public init(report: any EventSink) {
        self.report = report
    }

    /// The dialogue is wanted by shells.
    public var wantsDialogue: Bool { true }

    /// The report's wish.
    public var wantsSessions: Bool { report.wantsSessions }

    /// Takes an event.
    public func receive(_ event: RunEvent) {
        let output = shell.withLock { $0 }
        switch event.kind {
        case .sent, .received:
            if let output {
                output.receive(event)
            } else if report.wantsDialogue {
                report.receive(event)
            }
        case .connecting, .connected, .secured, .closed, .routed:
            if let output { output.receive(event) } else { report.receive(event) }
        default: report.receive(event)
        }
    }

    /// From here on, what is said shows in the shell; `nil` for none.
    func show(in output: ShellOutput?) {
        shell.withLock { $0 = output }
    }
}
