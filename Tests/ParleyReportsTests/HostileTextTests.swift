import Foundation
import ParleyReports
import Testing

@Suite("Hostile text in reports")
struct HostileTextTests {
    static let texts = [
        "\u{1B}[2J\u{1B}]0;title\u{07}", "\u{9B}31m\u{85}", "\u{202E}drowssap\u{2066}",
        "::error file=a::b", "##[error]gone", "##vso[task.setvariable variable=x]y",
        "\r\n::error::x",
        "a\u{0}b\u{7F}", "\u{2028}\u{2029}\u{FEFF}\u{200B}\u{E0001}",
        "日本語\u{300}\u{1F468}\u{200D}\u{1F469}",
        String(repeating: "x", count: 20_000), String(repeating: "\u{301}", count: 5000), "",
    ]

    @Test("never reaches the terminal as a control", arguments: texts.indices, [true, false])
    func text(_ index: Int, isUnicode: Bool) {
        // By number: the runner prints arguments as they are.
        let hostile = Self.texts[index]
        var style = ReportStyle()
        style.showsTrace = true
        style.isVerbose = true
        style.isUnicode = isUnicode
        let text = SampleRun.hostile(hostile).rendered(.text, style)
        #expect(Self.firstUnprintable(text) == nil)
        for line in text.split(separator: "\n") {
            #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
            #expect(!line.contains("##[") && !line.contains("##vso["), "\(line)")
            // An escape takes up to ten characters, and a text of 2000 may stand in a line twice.
            #expect(line.unicodeScalars.count < 50_000)
        }
    }

    @Test("is valid and printable JSON, and comes back whole", arguments: texts.indices)
    func json(_ index: Int) throws {
        let hostile = Self.texts[index]
        var style = ReportStyle()
        style.showsTrace = true
        let text = SampleRun.hostile(hostile).rendered(.jsonLines, style)
        #expect(Self.firstUnprintable(text) == nil)
        for line in text.split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["v"] as? Int == 1)
            if object?["event"] as? String == "logged" {
                #expect(object?["text"] as? String == hostile)
            }
        }
    }

    /// The first character that is neither a line's end nor merely drawn.
    static func firstUnprintable(_ text: String) -> String? {
        text.unicodeScalars.first { $0 != "\n" && !isPrintable($0) }
            .map { "U+" + String($0.value, radix: 16) }
    }

    /// Whether a terminal only draws it.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: true
        }
    }
}
