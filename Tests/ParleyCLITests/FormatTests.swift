import Foundation
import Testing

@Suite("parley fmt")
struct FormatTests {
    static let untidy = "test \"t\" {\n  connect smtp localhost   =>   220\n}\n"
    static let tidy = "test \"t\" {\n    connect smtp localhost => 220\n}\n"

    @Test("rewrites what is untidy, below folders too, and only that")
    func inPlace() throws {
        let files = [
            "a.parley": Self.untidy, "b/c.parley": Self.untidy, "d.parley": Self.tidy, "e.txt": "x",
        ]
        try Tool.withFolder(files) { folder in
            let check = try Tool.run("fmt", "--check", ".", in: folder)
            #expect(check.status == 1)
            #expect(check.output == "./a.parley\n./b/c.parley\n")
            let format = try Tool.run("fmt", ".", in: folder)
            #expect(format.status == 0)
            #expect(try text("a.parley", folder) == Self.tidy)
            #expect(try text("b/c.parley", folder) == Self.tidy)
            let again = try Tool.run("fmt", "--check", ".", in: folder)
            #expect(again.status == 0 && again.output.isEmpty)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.sorted() == ["a.parley", "b", "d.parley", "e.txt"])
        }
    }

    @Test("formats standard input to standard output")
    func standardInput() throws {
        let outcome = try Tool.run("fmt", "-", input: Self.untidy)
        #expect(outcome.status == 0)
        #expect(outcome.output == Self.tidy)
    }

    @Test("leaves a file with syntax errors alone")
    func broken() throws {
        let broken = "test \"t\" {\n  connect smtp localhost => 2500\n}\n"
        try Tool.withFolder(["a.parley": broken]) { folder in
            let outcome = try Tool.run("fmt", "a.parley", in: folder)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("a.parley:2"))
            #expect(try text("a.parley", folder) == broken)
        }
    }

    private func text(_ name: String, _ folder: URL) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
