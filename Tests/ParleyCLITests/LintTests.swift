import Foundation
import Testing

@Suite("parley lint")
struct LintTests {
    @Test("tells every error at once, as the golden file does")
    func golden() throws {
        let outcome = try Tool.run("lint", "errors.parley")
        #expect(outcome.status == 2)
        let file = Tool.fixtures.appending(path: "errors.expected")
        if ProcessInfo.processInfo.environment["PARLEY_RECORD"] != nil {
            try Data(outcome.output.utf8).write(to: file)
        }
        #expect(outcome.output == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test("has nothing to warn of in the project's own scripts, which are formatted too")
    func ownScripts() throws {
        let root = Tool.fixtures.appending(path: "../../..").standardizedFileURL
        let linted = try Tool.run("lint", "scripts", in: root)
        #expect(linted.status == 0, "\(linted.output)")
        let formatted = try Tool.run("fmt", "--check", "scripts", in: root)
        #expect(formatted.status == 0, "\(formatted.output)")
    }

    @Test("writes an array of JSON objects with stable codes")
    func json() throws {
        let outcome = try Tool.run("lint", "--format", "json", "errors.parley")
        let array = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        let codes = (array as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
        #expect(codes.contains("script.name.unknown"))
        #expect(codes.contains("script.syntax.alternative"))
        #expect(try Tool.run("lint", "--format", "json", "ok.parley").output == "[]\n")
    }

    @Test("reads standard input, and is quiet about what is right")
    func standardInput() throws {
        let text = try String(
            contentsOf: Tool.fixtures.appending(path: "ok.parley"),
            encoding: .utf8
        )
        let outcome = try Tool.run("lint", "-", input: text)
        #expect(outcome.status == 0)
        #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
    }

    @Test("finds used files below the script's folder and nowhere else")
    func use() throws {
        let files = [
            "main.parley":
                "use \"lib/greet.parley\"\ntest \"t\" {\n    connect smtp localhost\n    do "
                + "hello()\n}\n",
            "lib/greet.parley": "dialogue hello() {\n    ehlo probe.test\n}\n",
            "inner/evil.parley": "use \"../lib/greet.parley\"\n",
            "inner/broken.parley": "use \"part.parley\"\n", "inner/part.parley": "dialogue x( {\n",
        ]
        try Tool.withFolder(files) { folder in
            let good = try Tool.run("lint", "main.parley", in: folder)
            #expect(good.status == 0, "\(good.output)")
            let evil = try Tool.run("lint", "inner/evil.parley", in: folder)
            #expect(evil.status == 2)
            #expect(evil.output.contains("outside"))
            let broken = try Tool.run("lint", "inner/broken.parley", in: folder)
            #expect(broken.status == 2)
            #expect(broken.output.contains("inner/part.parley:1:"))
        }
    }
}
