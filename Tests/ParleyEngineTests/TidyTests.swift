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

    @Test("have no line over 100 columns", arguments: ["Sources", "Tests"])
    func columns(_ folder: String) throws {
        for file in try SourceTree.files(below: folder) {
            // A script in a test says on one line what one line of a script says.
            let isScripts = folder == "Tests"
            let texts = file.text.components(separatedBy: "\"\"\"").enumerated()
                .filter { !isScripts || $0.offset.isMultiple(of: 2) }
            for line in texts.flatMap({ $0.element.split(separator: "\n") })
            where line.utf8.count > 100 {
                #expect(line.count <= 100, "\(file): \(line)")
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
