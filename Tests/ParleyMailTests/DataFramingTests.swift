import ParleyMail
import Testing

@Suite struct DataFramingTests {
    private func framed(
        _ content: String,
        ending: String? = nil,
        _ change: (inout DataFraming) -> Void = { _ in }
    ) -> String {
        var framing = DataFraming()
        change(&framing)
        let octets = framing.octets(Array(content.utf8), ending: ending.map { Array($0.utf8) })
        return String(decoding: octets, as: UTF8.self)
    }

    // RFC 5321 §4.5.2.
    @Test(arguments: [
        ("", ".\r\n"),
        ("\n", "\r\n.\r\n"),
        ("a", "a\r\n.\r\n"),
        ("a\n", "a\r\n.\r\n"),
        ("a\r\n", "a\r\n.\r\n"),
        ("a\n\n", "a\r\n\r\n.\r\n"),
        (".", "..\r\n.\r\n"),
        (".\n..\na.", "..\r\n...\r\na.\r\n.\r\n"),
        ("a\r.b", "a\r.b\r\n.\r\n"),
        ("\r", "\r\r\n.\r\n"),
        ("\r\n.", "\r\n..\r\n.\r\n"),
        ("a\r\r\nb", "a\r\r\nb\r\n.\r\n"),
    ])
    func `lines end in CRLF, dots are doubled, and the end is told`(
        _ content: String,
        _ wire: String
    ) {
        #expect(framed(content) == wire)
    }

    @Test func `each rule can be broken`() {
        #expect(framed("a\n.b\n") { $0.lineEnd = .lf } == "a\n..b\r\n.\r\n")
        #expect(framed("a\r\nb\n") { $0.lineEnd = .cr } == "a\rb\r\n.\r\n")
        #expect(framed("a\n.b\n") { $0.isStuffed = false } == "a\r\n.b\r\n.\r\n")
        #expect(framed("a\nb\n") { $0.isFinished = false } == "a\r\nb\r\n")
        #expect(framed("a\n", ending: "\n.\r\n") == "a\n.\r\n")
        #expect(framed("a", ending: "\r\n\0.\r\n") == "a\r\n\0.\r\n")
        #expect(framed("", ending: "\r.\r") == "\r.\r")
        #expect(framed("a\nb\n", ending: "\n.\n") { $0.lineEnd = .lf } == "a\nb\n.\n")
    }
}
