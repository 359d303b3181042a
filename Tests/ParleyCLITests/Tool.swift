import Foundation

/// Runs the built `parley` as its users do.
enum Tool {
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Beside the test runner.
    static let binary: URL = {
        let runner =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(filePath: runner).deletingLastPathComponent().appending(path: "parley")
        guard !FileManager.default.isExecutableFile(atPath: beside.path) else { return beside }
        // The runner of Swift Testing may be the toolchain's own; then the tests' bundle tells.
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
        return URL(filePath: bundle).deletingLastPathComponent().appending(path: "parley")
    }()

    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/CLI").standardizedFileURL

    /// Runs it to its end.
    static func run(
        _ arguments: String...,
        input: String = "",
        in folder: URL = fixtures,
        environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(arguments, input: input, in: folder, environment: environment)
    }

    /// Runs it, or another program, to its end.
    static func run(
        _ arguments: [String],
        of program: String? = nil,
        input: String = "",
        in folder: URL = fixtures,
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = process(arguments, in: folder, environment)
        if let program { process.executableURL = URL(filePath: program) }
        // Through files: reading two pipes in turn can wait for ever.
        let scratch = FileManager.default.temporaryDirectory
        let names = (0..<3).map { _ in scratch.appending(path: "parley-\(UUID().uuidString)") }
        defer { for name in names { try? FileManager.default.removeItem(at: name) } }
        try Data(input.utf8).write(to: names[0])
        try Data().write(to: names[1])
        try Data().write(to: names[2])
        process.standardInput = try FileHandle(forReadingFrom: names[0])
        process.standardOutput = try FileHandle(forWritingTo: names[1])
        process.standardError = try FileHandle(forWritingTo: names[2])
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: try String(contentsOf: names[1], encoding: .utf8),
            errors: try String(contentsOf: names[2], encoding: .utf8)
        )
    }

    static func process(
        _ arguments: [String],
        in folder: URL = fixtures,
        _ environment: [String: String] = [:]
    ) -> Process {
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
        ]
        .merging(environment) { $1 }
        return process
    }

    /// A folder of its own for a test, gone afterwards.
    static func withFolder(_ files: [String: String], _ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "parley-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        try body(folder)
    }
}
