import Parley
import ParleyEngine
import ParleyMachine
import Synchronization
import Testing

/// The library as a program of somebody else's uses it.
struct LibraryTests {
    @Test
    func `a script given as text runs, and its sink hears the verdict`() async throws {
        let script = try Parley.script(
            named: "probe.parley",
            """
            server mx smtp on 127.0.0.1:auto {
            }

            test "the server greets" {
                start mx
                connect smtp ${mx.address} => 220
            }
            """
        )
        let sink = Verdicts()
        let summary = await Parley.run([script], reportingTo: sink)
        #expect(summary.exitCode == 0)
        #expect(sink.verdicts == [.pass])
    }

    @Test
    func `a script with mistakes is rejected with all of them`() throws {
        let rejected = #expect(throws: Parley.Rejected.self) {
            try Parley.script(
                named: "wrong.parley",
                """
                test "two mistakes" {
                    connect smtp ${nowhere}
                    expect nothing
                }
                """
            )
        }
        #expect(rejected?.diagnostics.count == 2)
    }

    @Test
    func `a file that is not there is named`() {
        let rejected = #expect(throws: Parley.Rejected.self) {
            try Parley.script(at: "/nonexistent/probe.parley")
        }
        #expect(rejected?.failure?.contains("/nonexistent/probe.parley") == true)
    }
}

/// Keeps the verdicts of the tests.
private final class Verdicts: EventSink {
    private let kept = Mutex<[Verdict]>([])

    var wantsDialogue: Bool { false }
    var verdicts: [Verdict] { kept.withLock { $0 } }

    func receive(_ event: RunEvent) {
        guard case .testFinished(let result) = event.kind else { return }
        kept.withLock { $0.append(result.verdict) }
    }
}
