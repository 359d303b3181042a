import ParleyDiagnostics
public import ParleyEngine
import ParleyMachine

/// The report for programs: one JSON object per event and line, keys in a fixed order.
///
/// Every object begins with `"v"` (the schema's version, 1), `"event"`, `"time"` (seconds since the
/// run began) and, within a test, `"test"` (its number from 0), `"attempt"` and `"branch"`. Readers
/// ignore events and keys that they do not know; a change of meaning raises the version.
///
/// | event | further keys |
/// | --- | --- |
/// | `run.started` | `id seed started tests files` |
/// | `test.started` | `title identity tags place` |
/// | `step.started`, `step.finished` | `title`; `verdict` |
/// | `judged` | `verdict` (`pass`), `place` |
/// | `finding` | `finding` |
/// | `measured` | `name value unit verdict` |
/// | `logged` | `text` |
/// | `retrying` | `round`, `finding` |
/// | `session.connecting`, `.connected`, `.routed`, `.secured`, `.closed` | `session`, facts |
/// | `sent`, `received` | `session text`, and `base64` if it is not UTF-8; with `--trace` only |
/// | `server.started`, `server.stopped` | `name address` |
/// | `test.finished` | `title identity tags place verdict reason stage message`; `attempts took` |
/// | | `findings dialogues`; `failedAsExpected` for `fails` |
/// | `run.finished` | `counts took interrupted exit` |
///
/// A `place` is `{file, line, column}`, a `finding` `{verdict reason stage message place values
/// nearest notes help session steps}`. Times and `took` are seconds. The text of peers is theirs:
/// it is escaped so that no control character reaches the output, and nothing more.
public struct JSONLinesReport: Report {
    private let includesDialogue: Bool
    private let output: @Sendable (String) -> Void

    /// A report that writes whole lines through `output`.
    public init(includesDialogue: Bool, output: @escaping @Sendable (String) -> Void) {
        self.includesDialogue = includesDialogue
        self.output = output
    }

    /// With `--trace` only: it would be most of the output.
    public var wantsDialogue: Bool { includesDialogue }

    /// Writes the event's line.
    public mutating func receive(_ event: RunEvent) {
        var json = JSONWriter()
        json.object { json in
            json.member("v", RunEvent.version)
            json.member("event", Self.name(of: event.kind))
            json.member("time", seconds: event.time)
            if let test = event.test {
                json.member("test", test)
                json.member("attempt", event.attempt)
                if !event.branch.isEmpty {
                    json.member("branch", list: event.branch) { $0.value($1) }
                }
            }
            Self.write(event.kind, to: &json)
        }
        output(json.text + "\n")
    }

    private static func write(_ kind: RunEvent.Kind, to json: inout JSONWriter) {
        switch kind {
        case .runStarted(let info): json.members(info)
        case .testStarted(let info): json.members(info)
        case .note(let note): json.members(note)
        case .connecting(let info): json.members(info)
        case .connected(let session, let peer, let took):
            json.member("session", session)
            json.member("peer", peer)
            json.member("took", seconds: took)
        case .routed(let session, let way):
            json.member("session", session)
            json.member("way", way)
        case .secured(let session, let tls, let took):
            json.member("session", session)
            json.members(tls)
            json.member("took", seconds: took)
        case .sent(let session, let octets), .received(let session, let octets),
            .unsolicited(let session, let octets), .unread(let session, let octets):
            json.member("session", session)
            json.members(text: octets)
        case .closed(let session, let how):
            json.member("session", session)
            json.member("how", how)
        case .serverStarted(let name, let address):
            json.member("name", name)
            json.member("address", address)
        case .serverStopped(let name): json.member("name", name)
        case .testFinished(let result): json.members(result)
        case .runFinished(let summary): json.members(summary)
        }
    }

    private static func name(of kind: RunEvent.Kind) -> String {
        switch kind {
        case .runStarted: "run.started"
        case .testStarted: "test.started"
        case .note(.stepStarted): "step.started"
        case .note(.stepFinished): "step.finished"
        case .note(.held): "judged"
        case .note(.found): "finding"
        case .note(.measured): "measured"
        case .note(.logged): "logged"
        case .note(.retrying): "retrying"
        case .connecting: "session.connecting"
        case .connected: "session.connected"
        case .routed: "session.routed"
        case .secured: "session.secured"
        case .sent: "sent"
        case .received: "received"
        case .unsolicited: "session.unsolicited"
        case .unread: "session.unread"
        case .closed: "session.closed"
        case .serverStarted: "server.started"
        case .serverStopped: "server.stopped"
        case .testFinished: "test.finished"
        case .runFinished: "run.finished"
        }
    }
}
