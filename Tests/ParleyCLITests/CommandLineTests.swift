import Foundation
import Testing

@Suite("The command line")
struct CommandLineTests {
    @Test("tells its version")
    func version() throws {
        let outcome = try Tool.run("--version")
        #expect(outcome.status == 0)
        #expect(outcome.output.wholeMatch(of: #/parley \d+\.\d+\.\d+\n/#) != nil)
    }

    @Test func `talks by hand where nothing is asked for, and takes lines from a pipe`() throws {
        let outcome = try Tool.run([], input: "let a = 20MB\na + 1MB\n")
        #expect(outcome.status == 0 && outcome.output.contains("22020096"), "\(outcome)")
    }

    @Test func `names its commands`() throws {
        let outcome = try Tool.run("--help")
        #expect(outcome.status == 0)
        for command in ["run", "repl", "lint", "fmt", "explain"] {
            #expect(outcome.output.contains("\n  \(command) "), "\(outcome.output)")
            let help = try Tool.run("help", command)
            #expect(help.status == 0)
            #expect(help.output.contains("USAGE: parley \(command)"))
        }
    }

    @Test func `a script in a command's place is run, with what stands behind it`() throws {
        let plain = try Tool.run("ok.parley")
        #expect(plain.status == 1 && plain.output.contains("2 tests: 1 passed"), "\(plain)")
        let wrong = try Tool.run("ok.parley", "--jobs", "x")
        #expect(wrong.status == 2 && wrong.errors.contains("jobs"), "\(wrong)")
        let absent = try Tool.run("absent.parley")
        #expect(absent.status == 2 && absent.errors.contains("no such file"), "\(absent)")
    }

    @Test func `the kernel starts a script that names parley in its first line`() throws {
        let script = """
            #!/usr/bin/env parley
            param word = "none"
            test "so" {
                log "the word is ${word}"
            }
            """
        try Tool.withFolder(["probe": script, "data": "word"]) { folder in
            let file = folder.appending(path: "probe")
            chmod(file.path, 0o755)
            let path = "\(Tool.binary.deletingLastPathComponent().path):/usr/bin:/bin"
            let outcome = try Tool.run(
                ["--set", "word=here", "--verbose"],
                of: file.path,
                in: folder,
                environment: ["PATH": path]
            )
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.output.contains("the word is here"), "\(outcome)")
            let data = try Tool.run("data", in: folder)
            #expect(data.status == 2 && data.errors.contains("parley run data"), "\(data)")
        }
    }

    @Test(
        "exits with 2 when it cannot be understood, and says why",
        arguments: [
            (["frobnicate"], "frobnicate"), (["rnu"], "‘run’"),
            (["run"], "files"), (["run", "--wrong", "ok.parley"], "--wrong"),
            (["run", "/dev/null"], "/dev/null: there is no test"),
            (["run", "/proc/self/mem"], "/proc/self/mem"), (["lint", "/usr/bin/true"], "binary"),
            (["lint", "absent.parley"], "no such file"), (["fmt"], "files"),
            (["run", "--jobs", "x", "a"], "jobs"),
            (["run", "--format", "jsno", "ok.parley"], "jsonl"),
            (["run", "--timeout", "ten", "ok.parley"], "90s"),
            (["run", "--set", "novalue", "ok.parley"], "name=value"),
            (["run", "--color", "nevr", "ok.parley"], "never"),
            (["run", "absent.parley"], "no such file"), (["run", "."], "folder"),
            (["run", "ok.parley:3", "ok.parley:7"], "twice"),
            (["run", "ok.parley:1"], "begin at 7"),
            (["run", "--tags", "smpt", "ok.parley"], "‘smtp’"),
            (["explain", "smtp.repyl"], "‘smtp.reply’"),
        ]
    )
    func usage(_ arguments: [String], _ hint: String) throws {
        let process = Tool.process(arguments)
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 2)
        #expect(String(decoding: text, as: UTF8.self).contains(hint))
    }
}
