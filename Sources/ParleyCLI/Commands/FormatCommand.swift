import ArgumentParser
import Parley
import ParleyDiagnostics
import ParleySyntax

/// `parley fmt`: the formatter is the style.
struct FormatCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Write scripts in Parley's style.",
        discussion: """
            Files are rewritten in place and named as they change; of folders, every .parley file \
            below. Comments stay, and a script means the same afterwards. A file with syntax \
            errors is left alone.

            Exit codes: 0 done, 1 --check found files to format, 2 a file could not be read.
            """
    )

    @Flag(help: "Change nothing; list the files that would change and exit with 1.")
    var check = false

    @Argument(help: "Scripts and folders; - formats standard input to standard output.")
    var files: [String]

    mutating func execute() throws -> Int32 {
        var status = ExitStatus.success
        let (paths, problems) = FileTree.scripts(in: files)
        for problem in problems { complain(problem, &status) }
        for path in paths {
            switch InputFile.read(path) {
            case .failure(let failure): complain(failure.message, &status)
            case .success(let octets): format(path, octets, &status)
            }
        }
        return status
    }

    private func format(_ path: String, _ octets: [UInt8], _ status: inout Int32) {
        let isStandardInput = path == "-"
        let name = isStandardInput ? "<stdin>" : path
        let (tree, diagnostics) = Parser.parse(SourceText(name: name, bytes: octets))
        let errors = diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else {
            let settings = TerminalSettings(of: .error, color: .auto)
            StandardStream.error.write(settings.diagnosticRenderer.render(errors))
            status = ExitStatus.usage
            return
        }
        let formatted = Array(Formatter.format(tree).utf8)
        if isStandardInput, !check {
            StandardStream.output.write(octets: formatted)
            return
        }
        guard formatted != octets else { return }
        StandardStream.output.write("\(DisplayText.safe(name))\n")
        if check {
            if status == ExitStatus.success { status = ExitStatus.failure }
        } else if let problem = OutputFile.replace(path, with: formatted) {
            complain(problem, &status)
        }
    }

    private func complain(_ message: String, _ status: inout Int32) {
        StandardStream.error.write("parley: \(message)\n")
        status = ExitStatus.usage
    }
}
