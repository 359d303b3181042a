import Foundation
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
            // Texts are as long as they are, and nobody wraps a table.
            let code = file.text.components(separatedBy: "\"\"\"").enumerated()
                .filter { $0.offset.isMultiple(of: 2) }
            for line in code.flatMap({ $0.element.split(separator: "\n") })
            where line.utf8.count > 100 && line.count > 100 {
                #expect(line.contains("//") || line.contains("\""), "\(file): \(line)")
            }
        }
    }

    @Test("neither trap on purpose nor leave things for later")
    func traps() throws {
        let refused = ["try" + "!", " as" + "!", "fatal" + "Error(", "TO" + "DO", "FIX" + "ME"]
        for folder in ["Sources", "Tests"] {
            for file in try SourceTree.files(below: folder) {
                for word in refused {
                    #expect(file.text.range(of: word) == nil, "\(file): \(word)")
                }
            }
        }
    }

    @Test("end their last line, and no line with a space")
    func spaces() throws {
        for folder in ["Sources", "Tests"] {
            for file in try SourceTree.files(below: folder) {
                #expect(file.lines.last == "", "\(file)")
                for stray in [" \n", "\t"] {
                    #expect(file.text.range(of: stray) == nil, "\(file): stray space")
                }
            }
        }
    }
}
