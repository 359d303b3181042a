import Foundation
import Testing

@Suite("parley run")
struct RunTests {
    @Test("tells what passed and what did not, and exits with 1")
    func failing() throws {
        let outcome = try Tool.run("run", "ok.parley")
        #expect(outcome.status == 1)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.contains("pass a mailbox is accepted (1 step)"))
        #expect(outcome.output.contains("FAIL no mailbox is accepted"))
        #expect(outcome.output.contains("RCPT: expected 250, got 550 5.1.1 User unknown"))
        #expect(outcome.output.contains("S 550 5.1.1 User unknown"))
        #expect(outcome.output.contains("= run again: parley run ok.parley:18 --trace"))
        #expect(outcome.output.contains("2 tests: 1 passed, 1 failed in "))
    }

    @Test("says how to run a failure again with the same parameters, and shows no password")
    func again() throws {
        let script = """
            param who = nobody
            param db-password = ""
            profile staging {
                who = somebody
            }
            test "fails" {
                expect who == "x"
            }

            """
        try Tool.withFolder(["again.parley": script]) { folder in
            let outcome = try Tool.run(
                "run",
                "again.parley",
                "--set",
                "who=two words",
                "--set",
                "db-password=hunter2",
                "--profile",
                "staging",
                in: folder
            )
            #expect(outcome.status == 1)
            let again =
                "= run again: parley run again.parley:6 --set 'who=two words' "
                + "--set 'db-password=…' --profile staging --trace\n"
            #expect(outcome.output.contains(again), "\(outcome.output)")
            #expect(!outcome.output.contains("hunter2"))
        }
    }

    @Test("runs the test at a line, or those with a tag, and exits with 0 if they pass")
    func selection() throws {
        for arguments in [
            ["ok.parley:9"], ["--tags", "smtp", "ok.parley"], ["--tags", "-broken", "ok.parley"],
        ] {
            let process = Tool.process(["run"] + arguments)
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let text = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(arguments)")
            #expect(
                String(decoding: text, as: UTF8.self).contains("1 test: 1 passed"),
                "\(arguments)"
            )
        }
    }

    @Test("writes JSON lines that begin with the run and end with its counts")
    func jsonLines() throws {
        let outcome = try Tool.run(
            "run",
            "--format",
            "jsonl",
            "--trace",
            "--seed",
            "7",
            "ok.parley"
        )
        #expect(outcome.status == 1)
        let events = try outcome.output.split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
        #expect(events.first?["event"] as? String == "run.started")
        #expect(events.first?["seed"] as? String == "7")
        #expect(events.last?["event"] as? String == "run.finished")
        #expect(events.last?["exit"] as? Int == 1)
        let finished = events.filter { $0["event"] as? String == "test.finished" }
        #expect(finished.map { $0["verdict"] as? String } == ["pass", "fail"])
        #expect(finished.last?["reason"] as? String == "smtp.reply")
        #expect(events.contains { $0["event"] as? String == "sent" })
    }

    @Test("sends nothing when any file has an error, and tells all of them")
    func checkedFirst() throws {
        let outcome = try Tool.run("run", "--trace", "ok.parley", "errors.parley")
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("‘hots’") && outcome.errors.contains("2500"))
    }

    @Test("lets a warning pass, unless warnings are to fail")
    func warnings() throws {
        let script = "test \"t\" {\n    warn \"take care\"\n}\n"
        #expect(try Tool.run("run", "-", input: script).status == 0)
        #expect(try Tool.run("run", "--warnings", "fail", "-", input: script).status == 1)
    }

    @Test("interrupted, ends politely, reports and exits with 130")
    func interrupted() throws {
        let script = """
            server mx smtp on 127.0.0.1:auto {
                on ehlo => 250 "mx.test" after 30s
            }
            test "waits" {
                start mx
                connect smtp ${mx.address}
                ehlo probe.test
            }
            """
        try Tool.withFolder(["wait.parley": script]) { folder in
            let process = Tool.process(["run", "--trace", "wait.parley"], in: folder)
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            var text = Data()
            let reader = output.fileHandleForReading
            while !String(decoding: text, as: UTF8.self).contains("C EHLO") {
                let more = reader.availableData
                if more.isEmpty { break }
                text += more
            }
            process.interrupt()
            text += try reader.readToEnd() ?? Data()
            process.waitUntilExit()
            #expect(process.terminationStatus == 130)
            #expect(process.terminationReason == .exit)
            #expect(String(decoding: text, as: UTF8.self).contains("complete up to here"))
        }
    }

    @Test("ends quietly when nobody reads its report")
    func brokenPipe() throws {
        let process = Tool.process(["run", "ok.parley"])
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try output.fileHandleForReading.close()
        try process.run()
        try output.fileHandleForWriting.close()
        let complaints = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(complaints.isEmpty)
    }

    @Test("names a parameter that no script has")
    func unknownParameter() throws {
        let outcome = try Tool.run("run", "--set", "hots=x", "ok.parley")
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("hots"))
    }
}
