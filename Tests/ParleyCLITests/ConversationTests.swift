import Foundation
import ParleyVerbs
import ParleyWire
import Testing

@testable import ParleyCLI

/// `parley repl` as a process: what scripts and pipes see of it.
@Suite struct ConversationTests {
    @Test func `lines come from a pipe, and their values show`() throws {
        let run = try Tool.run("repl", input: "let a = 20MB\na + 1MB\n")
        #expect(run.status == 0 && run.output.contains("22020096"), "\(run)")
    }

    @Test func `the first failure ends it with one`() throws {
        let run = try Tool.run("repl", input: "require 1 == 2\nlog \"later\"\n")
        #expect(run.status == 1 && !run.output.contains("later"), "\(run)")
    }

    @Test(arguments: [
        ("expect 1 == 2", 1), ("connect smtp 127.0.0.1:1", 1), ("elho x", 2), ("let a = b", 2),
        ("a.b", 2), (":nonsense", 2), ("let a = [1][4]", 2), ("let a = 1", 0),
    ])
    func `what ends it gives the exit code, as in a script`(_ line: String, _ code: Int) throws {
        let piped = try Tool.run("repl", input: "let x = 1\n\(line)\nlog \"later\"\n")
        #expect(piped.status == Int32(code), "\(piped)")
        #expect(piped.output.contains("later") == (code == 0))
        #expect(try Tool.run("repl", "-c", line).status == Int32(code))
    }

    @Test func `a name stands for the host where TLS verifies, and only beside one`() throws {
        let target = try ConversationTarget("imaps://192.0.2.1", name: "imap.example.net")
        #expect(target.input == "connect imaps 192.0.2.1 name imap.example.net")
        let raw = try ConversationTarget("pop3s://192.0.2.1", name: "pop.example.net")
        #expect(raw.input == "connect tls 192.0.2.1:995 name pop.example.net")
        let quoted = try ConversationTarget("smtp://mx.test", name: "a b\" as x")
        #expect(quoted.input == "connect smtp mx.test name \"a b\\\" as x\"")
        for words in [["--name", "mx.test"], ["--name", "mx.test", "/dev/null"]] {
            let run = try Tool.run(["repl"] + words, input: "")
            #expect(run.status == 2 && run.errors.contains("goes with an address"), "\(run)")
        }
    }

    @Test func `without any argument it is the same as without options`() throws {
        let bare = try ConversationCommand.bare()
        #expect(bare.target == nil && bare.name == nil && bare.color == "auto")
    }

    @Test func `statements may stand on the command line`() throws {
        let run = try Tool.run("-c", "let a = 1; require a == 1; log \"so\"")
        #expect(run.status == 0 && run.output.contains("so"), "\(run)")
    }

    @Test func `commands may stand among them`() throws {
        let path = NSTemporaryDirectory() + "parley-c-\(UUID().uuidString).parley"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let run = try Tool.run(
            "repl",
            "-c",
            "server mx smtp on 127.0.0.1:auto {\n}\nstart mx; connect smtp ${mx.address}; noop; "
                + ":sessions; quit; :save \(path)"
        )
        #expect(run.status == 0 && run.output.contains("* 1  smtp"), "\(run)")
        #expect(try Tool.run("run", path).status == 0)
    }

    @Test(
        arguments: [
            ("mx.example.net", "neither a file nor an address: write smtp://HOST:PORT"),
            ("smtp://", "is no address"), ("smtp://a b", "is no address"),
            ("smtp://mx ${x}", "is no address"), ("smpt://mx.example.net", "‘smtp’"),
            ("gopher://mx.example.net", "unknown protocol ‘gopher’"),
            ("tcp://mx.example.net", "write HOST:PORT"),
            ("tls://[::1]", "write HOST:PORT"),
        ]
    )
    func `an address that is none is told so`(_ word: String, _ reason: String) throws {
        let run = try Tool.run("repl", word)
        #expect(run.status == 2 && run.errors.contains(reason), "\(run)")
    }

    @Test func `a password in an address is never shown`() throws {
        let run = try Tool.run("repl", "smtp://tour:wonderland@127.0.0.1:1/path")
        #expect(run.status == 1 && run.output.contains("net.refused"), "\(run)")
        #expect(run.output.contains("log in with `auth`"), "\(run)")
        let wrong = try Tool.run("repl", "smtp://tour:wonderland@a b")
        for text in [run.output, run.errors, wrong.output, wrong.errors] {
            #expect(!text.contains("wonderland"), "\(text)")
        }
    }

    @Test func `every protocol has its address, those without verbs are spoken raw`() throws {
        for spec in Protocols.registry.protocols {
            let target = try ConversationTarget("\(spec.name)://[::1]:99")
            let raw = spec.isImplicitTLS ? "tls" : "tcp"
            let name = spec.isReserved ? raw : spec.name
            #expect(target.input == "connect \(name) [::1]:99")
            #expect(target.notes.joined().contains("no verbs yet") == spec.isReserved)
            guard let port = spec.defaultPort else { continue }
            let usual = spec.isReserved ? ":\(port)" : ""
            let short = try ConversationTarget("\(spec.name.uppercased())://mx.test/")
            #expect(short.input == "connect \(name) mx.test\(usual)")
        }
    }

    @Test func `an address is connected to at once`() throws {
        let run = try Tool.run("repl", "smtp://127.0.0.1:1")
        #expect(run.status == 1 && run.output.contains("net.refused"), "\(run)")
    }
}
