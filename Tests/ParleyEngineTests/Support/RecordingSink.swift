import ParleyEngine
import Synchronization

/// Keeps every event of a run, the dialogue included.
final class RecordingSink: EventSink {
    private let kept = Mutex<[RunEvent]>([])

    var wantsDialogue: Bool { true }

    var events: [RunEvent] { kept.withLock { $0 } }

    func receive(_ event: RunEvent) {
        kept.withLock { $0.append(event) }
    }
}
