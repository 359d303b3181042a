import Parley
import ParleyDiagnostics
public import ParleyEngine
import ParleySemantics
import ParleyWire

extension Shell {
    /// A shell at a stop of a run: what is typed is said by the test that stands still.
    ///
    /// - Parameter sink: what the run publishes to; ``leaveStop(_:)`` gives it back.
    public convenience init(
        at stop: DebugStop,
        configuration: ShellConfiguration,
        sink: DebugSink,
        write: @escaping @Sendable ([String]) -> Void
    ) async {
        let source = stop.stop.place.source
        let files = UsedFiles(below: configuration.path, main: configuration.path)
        let checker = InteractiveChecker(
            at: stop.number,
            of: stop.table,
            registry: Protocols.registry
        ) { name, _ in files.load(name, from: source) }
        self.init(
            live: stop.live,
            checker: checker,
            configuration: configuration,
            write: write
        )
        sink.show(in: output)
        await refresh()
    }

    /// The stop is left: what is said shows in the report again.
    public func leaveStop(_ sink: DebugSink) {
        sink.show(in: nil)
    }
}
