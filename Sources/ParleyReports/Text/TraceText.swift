import ParleyEngine
import ParleyMachine

/// The dialogue as it happens: `--trace`.
///
/// ```
/// test  submission: login only under TLS
///   0.002 smtp     * connecting to mail.example.net:587
///   0.412 smtp     C EHLO probe.example.org
///   0.431 smtp/tls S 250-SIZE 10240000
/// ```
struct TraceText: Sendable {
    private struct Session: Sendable {
        var label: String
        var test: Int?
        var isSecured = false
        var partial: [UInt8] = []
        var partialIsOurs = false
        var isClosed = false
        /// What came unread and was shown, and will be read.
        var shown: [UInt8] = []
    }

    /// What is kept of a line whose end has not come.
    private static let lineLimit = 8192
    /// How many sessions are known after their end: what lies unread is read later.
    private static let closedLimit = 64

    let canvas: TextCanvas
    private var sessions: [Int: Session] = [:]
    private var running: Set<Int> = []
    private var labelWidth = 8

    init(canvas: TextCanvas) { self.canvas = canvas }

    /// The lines that an event adds; most often one.
    mutating func lines(for event: RunEvent) -> [String] {
        switch event.kind {
        case .testStarted(let info):
            if let test = event.test { running.insert(test) }
            let again = event.attempt > 1 ? " (attempt \(event.attempt))" : ""
            return [canvas.ink("test", .bold) + "  " + short(info.title) + again]
        case .testFinished:
            if let test = event.test { running.remove(test) }
            return []
        case .note(.stepStarted(let title)): return [said(event, "step  \(short(title))", .bold)]
        case .note(.retrying(let round, _)):
            return [said(event, "round \(round) did not hold; again", .dim)]
        case .connecting(let info):
            let isTaken = sessions.values.contains { !$0.isClosed && $0.label == info.label }
            let label = isTaken ? "\(info.label)#\(info.id)" : info.label
            sessions[info.id] = Session(label: label, test: event.test)
            return [line(event, info.id, "*", "connecting to \(short(info.target))")]
        case .connected(let id, let peer, let took):
            return [
                line(event, id, "*", "connected to \(short(peer)) in \(TimeText.duration(took))")
            ]
        case .routed(let id, let way): return [line(event, id, "*", short(way))]
        case .secured(let id, let tls, let took):
            sessions[id]?.isSecured = true
            let verified = tls.isVerified ? "verified" : "not verified"
            let text = "\(tls.version) \(tls.cipher), \(verified), in \(TimeText.duration(took))"
            return [line(event, id, "*", canvas.safe(text))]
        case .sent(let id, let octets): return split(octets, isOurs: true, id, event)
        case .unread(let id, let octets):
            sessions[id]?.shown += octets
            return split(octets, isOurs: false, id, event)
        case .received(let id, let octets):
            return split(withoutShown(octets, id), isOurs: false, id, event)
        case .closed(let id, let how):
            let rest = flush(id, event)
            let end = line(event, id, "*", short(how))
            sessions[id]?.isClosed = true
            forgetClosed()
            return rest + [end]
        case .serverStarted(let name, let address):
            return [said(event, "server \(short(name)) listens on \(short(address))", .dim)]
        case .serverStopped(let name):
            return [said(event, "server \(short(name)) stopped", .dim)]
        default: return []
        }
    }

    /// What is read now without what was shown when it came.
    private mutating func withoutShown(_ octets: [UInt8], _ id: Int) -> [UInt8] {
        guard let shown = sessions[id]?.shown, !shown.isEmpty else { return octets }
        let count = min(shown.count, octets.count)
        guard shown.prefix(count) == octets.prefix(count) else {
            sessions[id]?.shown = []
            return octets
        }
        sessions[id]?.shown.removeFirst(count)
        return Array(octets.dropFirst(count))
    }

    private mutating func forgetClosed() {
        let closed = sessions.filter(\.value.isClosed).keys
        guard closed.count > Self.closedLimit, let oldest = closed.min() else { return }
        sessions[oldest] = nil
    }

    /// Cuts a stream into lines; the rest waits for its end, or for the other side to speak.
    private mutating func split(
        _ octets: [UInt8],
        isOurs: Bool,
        _ id: Int,
        _ event: RunEvent
    ) -> [String] {
        var lines: [String] = []
        if sessions[id]?.partialIsOurs != isOurs { lines += flush(id, event) }
        sessions[id]?.partialIsOurs = isOurs
        let mark = isOurs ? "C" : "S"
        var rest = octets[...]
        while let feed = rest.firstIndex(of: 0x0A) {
            var whole = (sessions[id]?.partial ?? []) + rest[..<feed]
            if whole.last == 0x0D { whole.removeLast() }
            lines.append(line(event, id, mark, canvas.safe(whole)))
            sessions[id]?.partial = []
            rest = rest[(feed + 1)...]
        }
        let room = Self.lineLimit - (sessions[id]?.partial.count ?? 0)
        sessions[id]?.partial += rest.prefix(max(0, room))
        return lines
    }

    private mutating func flush(_ id: Int, _ event: RunEvent) -> [String] {
        guard let session = sessions[id], !session.partial.isEmpty else { return [] }
        sessions[id]?.partial = []
        let mark = session.partialIsOurs ? "C" : "S"
        return [line(event, id, mark, canvas.safe(session.partial) + " (no line end)")]
    }

    private mutating func line(
        _ event: RunEvent,
        _ id: Int,
        _ mark: String,
        _ text: String
    ) -> String {
        let session = sessions[id]
        var label = short(session?.label ?? "#\(id)") + (session?.isSecured ?? false ? "/tls" : "")
        labelWidth = max(labelWidth, min(24, canvas.width(label)))
        label += String(repeating: " ", count: max(0, labelWidth - canvas.width(label)))
        let ink = canvas.ink
        let tint: Ink.Tint = mark == "C" ? .note : mark == "S" ? .good : .dim
        let shown = mark == "*" ? ink(text, .dim) : text
        return prefix(event) + ink("\(TimeText.stamp(event.time)) \(label)", .dim) + " "
            + ink(mark, tint) + " " + shown
    }

    private func said(_ event: RunEvent, _ text: String, _ tint: Ink.Tint) -> String {
        prefix(event) + canvas.ink(text, tint)
    }

    /// Which test speaks, while there are several.
    private func prefix(_ event: RunEvent) -> String {
        guard running.count > 1, let test = event.test else { return "  " }
        return "  [\(test + 1)] "
    }

    private func short(_ text: String) -> String { canvas.safe(text, limit: 400) }
}
