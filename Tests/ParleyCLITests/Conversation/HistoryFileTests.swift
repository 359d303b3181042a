import Foundation
import Testing

@testable import ParleyCLI

@Suite struct HistoryFileTests {
    private func withHistory(_ text: String?, _ body: (HistoryFile, String) throws -> Void) throws {
        try Tool.withFolder(["x": ""]) { folder in
            let path = folder.appending(path: "parley/history").path
            if let text {
                let parent = folder.appending(path: "parley")
                try FileManager.default.createDirectory(
                    at: parent,
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: URL(filePath: path))
            }
            try body(HistoryFile(path: path), path)
        }
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        stat(path, &status)
        return status.st_mode & 0o7777
    }

    @Test func `is made for its owner's eyes only`() throws {
        try withHistory(nil) { file, path in
            #expect(file.load().warning == nil)
            #expect(file.append("ehlo") == nil)
            #expect(mode(path) == 0o600)
            #expect(mode((path as NSString).deletingLastPathComponent) == 0o700)
        }
        try withHistory(HistoryText.header) { file, path in
            chmod(path, 0o644)
            #expect(file.load().warning == nil)
            #expect(mode(path) == 0o600)
        }
    }

    @Test func `keeps entries of several lines and of any text`() throws {
        let entries = ["for x in y {\n    log \"a\\n\"\n}", "a\tb\\", "ü\r", "last"]
        try withHistory(nil) { file, _ in
            for entry in entries { #expect(file.append(entry) == nil) }
            #expect(file.load().entries == entries)
        }
    }

    @Test func `an entry stands where it stood last`() throws {
        try withHistory(HistoryText.header + "a\nb\na\nc\n") { file, _ in
            #expect(file.load().entries == ["b", "a", "c"])
        }
    }

    @Test func `two that append at once lose nothing`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "parley-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = HistoryFile(path: folder.appending(path: "history").path)
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for entry in 0..<50 { #expect(file.append("\(writer) \(entry)") == nil) }
                }
            }
        }
        #expect(Set(file.load().entries).count == 200)
    }

    @Test func `is cut to its latest entries when it grows too long`() throws {
        let line = String(repeating: "x", count: 1000)
        let text = HistoryText.header + (0..<1500).map { "\($0) \(line)\n" }.joined()
        try withHistory(text) { file, path in
            #expect(file.load().warning == nil)
            let size = try Data(contentsOf: URL(filePath: path)).count
            #expect(size <= 1 << 19 && size > 1 << 18)
            #expect(file.load().entries.last == "1499 \(line)")
            #expect(mode(path) == 0o600)
        }
    }

    @Test func `never holds more than ten thousand entries`() {
        let history = LineHistory()
        for entry in 0..<(LineHistory.limit + 5) { history.add("\(entry)") }
        #expect(history.entries.count == LineHistory.limit && history.entries.first == "5")
    }

    @Test func `a spoiled one is told, and its good entries stay`() throws {
        try withHistory(HistoryText.header + "good\nbad\\x\n\0\0\0\nalso\nhalf an ent") { file, _ in
            let loaded = file.load()
            #expect(loaded.entries == ["good", "also"])
            #expect(loaded.warning?.contains("3 spoiled entries were dropped") == true)
            #expect(file.load().warning == nil, "it is mended")
        }
    }

    @Test func `what is no history is left as it is`() throws {
        for text in ["somebody's diary\n", "\0\0\0\0"] {
            try withHistory(text) { file, path in
                let loaded = file.load()
                #expect(loaded.warning?.contains("is left alone") == true && !loaded.isUsable)
                let left = try String(contentsOfFile: path, encoding: .utf8)
                #expect(left == text)
            }
        }
    }

    @Test func `a folder, a pipe or somebody else's link is not followed`() throws {
        try withHistory("") { file, path in
            unlink(path)
            mkdir(path, 0o700)
            #expect(file.load().warning != nil)
            rmdir(path)
            mkfifo(path, 0o600)
            #expect(file.load().warning?.contains("no file of one's own") == true)
            unlink(path)
            symlink("/etc/passwd", path)
            guard geteuid() == 0 else { return }
            lchown(path, 65534, 65534)
            #expect(file.load().warning?.contains("belongs to somebody else") == true)
        }
    }
}
