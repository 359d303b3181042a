import ParleyDiagnostics
import ParleyMachine
import ParleySemantics

/// What a scripted server needs of the test that started it.
struct ServerSurroundings {
    /// The signals of the test.
    var signals: SignalBoard
    /// The files that its script may read.
    var files: ScriptFiles
    /// Takes a finding that is the server's own.
    var report: (Finding) -> Void
    /// Where the test stands just now, for the report of a deadlock.
    var standing: () -> String

    /// The octets of the file whose path is a text of the script.
    func read(_ script: ServerScript, _ text: Int) throws(SessionFailure) -> [UInt8] {
        switch files.read(String(decoding: script.texts[text], as: UTF8.self)) {
        case .success(let octets): return octets
        case .failure(let failure):
            throw SessionFailure(
                reason: failure.reason,
                stage: "start",
                message: "the scripted server \(script.server.name): \(failure.message)"
            )
        }
    }
}
