import ArgumentParser
import Glibc
import ParleyDiagnostics

/// `parley`, from its arguments to its exit code.
public enum CommandLineTool {
    /// The version that `--version` prints.
    public static let version = "0.1.0"

    /// Runs the tool with the process's arguments and ends the process.
    ///
    /// | exit | meaning |
    /// | --- | --- |
    /// | 0 | all passed, or nothing to complain about |
    /// | 1 | a test failed; `lint` warned; `fmt --check` found something |
    /// | 2 | the script or the command line is wrong; the report tells what was sent, if anything |
    /// | 3 | could not run here; the target is not accused |
    /// | 70 | a defect in Parley |
    /// | 130 | interrupted |
    public static func main() -> Never {
        let arguments = CommandLine.arguments.dropFirst()
        // Scripts ask for the version often, and nothing has to be set up to tell it.
        if arguments.elementsEqual(["--version"]) {
            StandardStream.output.write("parley \(version)\n")
            exit(ExitStatus.success)
        }
        DefectHandler.install()
        exit(run(Array(arguments)))
    }

    /// The arguments with `run` before a script that stands where a command is expected, as the
    /// kernel starts a script that begins with `#!/usr/bin/env parley`.
    ///
    /// - Throws: ``ToolFailure`` for a first word that is neither, with the nearest command.
    private static func commanded(_ arguments: [String]) throws -> [String] {
        // What monitoring starts most looks at no command's declaration; see `RunCommand(plain:)`.
        guard let word = arguments.first, word != "run" else { return arguments }
        // As shells take their statements; only a conversation has some.
        if word == "-c" { return ["repl"] + arguments }
        guard !word.hasPrefix("-") else { return arguments }
        if word.hasSuffix(".parley") { return ["run"] + arguments }
        var names = ["help"]
        for command in ParleyCommand.configuration.subcommands {
            if let name = command.configuration.commandName { names.append(name) }
        }
        guard !names.contains(word) else { return arguments }
        if ScriptHead.isInterpreted(word) { return ["run"] + arguments }
        guard access(word, F_OK) == 0 else {
            throw ToolFailure.unknown(word, "command", among: names)
        }
        let shown = DisplayText.safe(word, limit: 200)
        throw ToolFailure("‘\(shown)’ is no command; to run a script: parley run \(shown)")
    }

    private static func run(_ arguments: [String]) -> Int32 {
        do {
            if arguments.isEmpty {
                var conversation = try ConversationCommand.bare()
                return try conversation.execute()
            }
            let arguments = try commanded(arguments)
            if arguments.first == "run", var run = RunCommand(plain: Array(arguments.dropFirst())) {
                return try run.execute()
            }
            var command = try ParleyCommand.parseAsRoot(arguments)
            guard var tool = command as? any ToolCommand else {
                // Help, and what else the argument parser brings.
                try command.run()
                return ExitStatus.success
            }
            return try tool.execute()
        } catch let failure as ToolFailure {
            StandardStream.error.write("parley: \(failure.message)\n")
            return failure.status
        } catch {
            let text = ParleyCommand.fullMessage(for: error)
            let code = ParleyCommand.exitCode(for: error)
            if code == .success {
                StandardStream.output.write(text.isEmpty ? "" : text + "\n")
                return ExitStatus.success
            }
            StandardStream.error.write(text + "\n")
            return code == .validationFailure ? ExitStatus.usage : ExitStatus.defect
        }
    }
}

/// A subcommand: says with which code the process ends.
protocol ToolCommand: ParsableCommand {
    mutating func execute() throws -> Int32
}

/// The exit codes.
enum ExitStatus {
    static let success: Int32 = 0
    static let failure: Int32 = 1
    static let usage: Int32 = 2
    static let unavailable: Int32 = 3
    static let defect: Int32 = 70
    static let interrupted: Int32 = 130
}

/// Why a command cannot do its work, in a sentence without its full stop.
struct ToolFailure: Error {
    var message: String
    var status = ExitStatus.usage

    init(_ message: String, status: Int32 = ExitStatus.usage) {
        self.message = message
        self.status = status
    }
}
