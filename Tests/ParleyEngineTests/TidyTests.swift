import Testing

/// The habits of the house that a program can see.
@Suite("The sources")
struct TidyTests {
    @Test("have no file over 400 lines", arguments: ["Sources", "Tests"])
    func length(_ folder: String) throws {
        for file in try SourceTree.files(below: folder) {
            #expect(file.lines.count <= 401, "\(file) has \(file.lines.count) lines")
        }
    }

    @Test("have no code over 100 columns")
    func columns() throws {
        for file in try SourceTree.files(below: "Sources") {
            var isText = false
            for (number, line) in file.lines.enumerated() {
                let marks = line.split(separator: "\"\"\"", omittingEmptySubsequences: false).count
                if marks.isMultiple(of: 2) { isText.toggle() }
                // Texts are as long as they are, and nobody wraps a table.
                guard !isText, line.utf8.count > 100, line.count > 100,
                    !line.contains("//"), !line.contains("\"")
                else { continue }
                Issue.record("\(file):\(number + 1) has \(line.count) columns")
            }
        }
    }

    @Test("neither trap on purpose nor leave things for later")
    func traps() throws {
        let refused = ["try" + "!", " as" + "!", "fatal" + "Error(", "TO" + "DO", "FIX" + "ME"]
        for folder in ["Sources", "Tests"] {
            for file in try SourceTree.files(below: folder) {
                for (number, line) in file.lines.enumerated() {
                    for word in refused where line.contains(word) {
                        Issue.record("\(file):\(number + 1): \(word)")
                    }
                }
            }
        }
    }

    @Test("end their last line, and no line with a space")
    func spaces() throws {
        for folder in ["Sources", "Tests"] {
            for file in try SourceTree.files(below: folder) {
                #expect(file.lines.last == "", "\(file)")
                for (number, line) in file.lines.enumerated()
                where line.hasSuffix(" ") || line.contains("\t") {
                    Issue.record("\(file):\(number + 1): stray space")
                }
            }
        }
    }
}
