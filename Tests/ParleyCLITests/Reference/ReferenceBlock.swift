import Testing

/// A code block of the documentation, and what its fence says that it is.
///
/// | fence | meaning |
/// | --- | --- |
/// | `parley` | a whole script: it parses, checks and runs with exit code 0 |
/// | `parley check` | a whole script that names real hosts: it parses and checks |
/// | `parley fragment` | statements of a test with a session open (``Fragment``), run likewise |
/// | `parley fails REASON` | a whole script whose run ends with exit code 1 and that reason |
/// | `parley error CODE` | a whole script that is refused with that code |
/// | `parley fragment error CODE` | statements that are refused with that code |
struct ReferenceBlock: Sendable, CustomTestStringConvertible {
    enum Use: Equatable {
        case run
        case check
        case fails(reason: String)
        case refused(code: String)
    }

    /// The page: `grammar/spec/tls.md`.
    var page: String
    /// The line of the page on which the block's own first line stands, from 1.
    var line: Int
    var use: Use
    var isFragment: Bool
    var text: String

    var testDescription: String { "\(page):\(line)" }

    /// The whole script, its lines where they stand on the page as far as that can be.
    var script: String {
        isFragment ? Fragment.script(around: text) : text
    }

    /// The blocks of a page; a fence that begins with `parley` and says nothing known is a mistake
    /// of the page.
    static func blocks(of page: String) throws -> [ReferenceBlock] {
        let text = try Project.text(of: page)
        var blocks: [ReferenceBlock] = []
        var open: (info: String, line: Int, lines: [Substring])?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            guard line.hasPrefix("```") else {
                open?.lines.append(line)
                continue
            }
            if let (info, start, lines) = open {
                open = nil
                guard info == "parley" || info.hasPrefix("parley ") else { continue }
                blocks.append(
                    try ReferenceBlock(
                        page: page,
                        line: start,
                        info: info,
                        text: lines.joined(separator: "\n") + "\n"
                    )
                )
            } else {
                open = (String(line.dropFirst(3)), index + 2, [])
            }
        }
        return blocks
    }

    private init(page: String, line: Int, info: String, text: String) throws {
        var words = info.split(separator: " ").dropFirst()
        isFragment = words.first == "fragment"
        if isFragment { words = words.dropFirst() }
        switch words.first {
        case nil: use = .run
        case "check" where words.count == 1: use = .check
        case "fails" where words.count == 2: use = .fails(reason: String(words.last ?? ""))
        case "error" where words.count == 2: use = .refused(code: String(words.last ?? ""))
        default: throw UnknownFence(place: "\(page):\(line - 1)", info: info)
        }
        self.page = page
        self.line = line
        self.text = text
    }
}

/// A fence of the documentation that no test understands.
struct UnknownFence: Error {
    var place: String
    var info: String
}
