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

    @Test("welcomes who says nothing, and names the commands")
    func welcome() throws {
        let outcome = try Tool.run()
        #expect(outcome.status == 0)
        for command in ["run", "lint", "fmt", "explain"] {
            #expect(outcome.output.contains("parley \(command) "))
            let help = try Tool.run("help", command)
            #expect(help.status == 0)
            #expect(help.output.contains("USAGE: parley \(command)"))
        }
    }

    @Test(
        "exits with 2 when it cannot be understood, and says why",
        arguments: [
            (["frobnicate"], "frobnicate"), (["rnu"], "‘run’"), (["ok.parley"], "parley run ok"),
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
