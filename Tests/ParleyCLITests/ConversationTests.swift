import Foundation
import Testing

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

    @Test func `statements may stand on the command line`() throws {
        let run = try Tool.run("repl", "-c", "let a = 1; require a == 1; log \"so\"")
        #expect(run.status == 0 && run.output.contains("so"), "\(run)")
    }

    @Test func `an address that is none is told so`() throws {
        let run = try Tool.run("repl", "mx.example.net")
        #expect(run.status == 2 && run.errors.contains("write smtp://HOST:PORT"), "\(run)")
    }

    @Test func `an address is connected to at once`() throws {
        let run = try Tool.run("repl", "smtp://127.0.0.1:1")
        #expect(run.status == 1 && run.output.contains("net.refused"), "\(run)")
    }
}
