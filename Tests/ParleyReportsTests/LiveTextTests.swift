import ParleyEngine
import ParleyReports
import Testing

/// The dialogue as a person at the prompt sees it.
@Suite struct LiveTextTests {
    private func shown(_ kinds: RunEvent.Kind...) -> [String] {
        var text = LiveText(style: ReportStyle())
        return kinds.flatMap { text.lines(for: RunEvent(time: 0, test: nil, kind: $0)) }
    }

    private let began = RunEvent.Kind.connecting(
        SessionInfo(id: 3, label: "box", protocolName: "smtp", target: "mx.test:25")
    )

    @Test func `what came unasked shows once, and under its label after the end`() {
        let octets = Array("421 4.3.2 down\r\n".utf8)
        let lines = shown(
            began,
            .unread(session: 3, octets),
            .closed(session: 3, how: "closed by the server"),
            .received(session: 3, octets),
            .received(session: 3, Array("more\r\n".utf8))
        )
        #expect(lines.count { $0.contains("421") } == 1, "\(lines)")
        #expect(lines.last?.contains("box") == true && !lines.joined().contains("#3"), "\(lines)")
    }

    @Test func `what is read otherwise than it was shown shows again`() {
        let lines = shown(
            began,
            .unread(session: 3, Array("250 a\r\n".utf8)),
            .received(session: 3, Array("250 b\r\n".utf8)),
            .received(session: 3, Array("250 a\r\n".utf8))
        )
        #expect(lines.count == 4, "\(lines)")
    }

    @Test func `a new session may have the label of one that ended`() {
        var again = SessionInfo(id: 4, label: "box", protocolName: "smtp", target: "mx.test:25")
        again.id = 4
        let lines = shown(began, .closed(session: 3, how: "closed"), .connecting(again))
        #expect(lines.last?.contains("box ") == true, "\(lines)")
    }
}
