import Foundation
import Testing

/// Compares with a file of `Tests/Fixtures/Reports`; `PARLEY_RECORD=1 scripts/dev/test --filter …`
/// writes the files anew, for `git diff` to judge.
enum Golden {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/Reports").standardizedFileURL

    static func expect(
        _ text: String,
        is name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["PARLEY_RECORD"] != nil {
            try Data(text.utf8).write(to: file)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "differs from \(name)", sourceLocation: sourceLocation)
    }
}
