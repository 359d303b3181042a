import ArgumentParser
import Testing

@testable import ParleyCLI

/// The shortcut around the argument parser comes to the same as the parser.
@Suite struct PlainRunTests {
    @Test(arguments: [
        ["a.parley"],
        ["a.parley:7", "b.parley"],
        ["--set", "host=mx.test", "a.parley", "--set", "x=-1", "--ca", "ca.pem"],
    ])
    func `a plain command line is read as the parser reads it`(_ arguments: [String]) throws {
        let plain = try #require(RunCommand(plain: arguments))
        let parsed = try RunCommand.parse(arguments)
        #expect("\(Self.values(plain))" == "\(Self.values(parsed))")
    }

    @Test(arguments: [
        [], ["--set"], ["-", "a"], ["--set", "--ca", "a.parley"], ["--jobs", "2", "a.parley"],
        ["--set=a=b", "a.parley"], ["--", "a.parley"], ["--ca", "a", "--ca", "b", "a.parley"],
        ["-v", "a.parley"], ["--help"],
    ])
    func `everything else is left to the parser`(_ arguments: [String]) {
        #expect(RunCommand(plain: arguments) == nil)
    }

    private static func values(_ run: RunCommand) -> [Any?] {
        [
            run.files, run.settings, run.profile, run.ca, run.timeout, run.tags, run.format,
            run.trace, run.verbose, run.warnings, run.seed, run.jobs, run.retry, run.color,
            run.probeName,
        ]
    }
}
