import ArgumentParser
import Glibc
import Parley
import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleyReports
import ParleyTLS

/// `parley run`: everything is checked first, then everything is run.
struct RunCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run scripts and tell what passed and what did not.",
        discussion: """
            All files are read and checked before anything is sent; a mistake found in any of them \
            ends the run with exit code 2 and an empty wire. The few that only show at run time, \
            such as asking what was offered before EHLO, end their test and give exit code 2 too.

            FILE:LINE runs only the test that stands at that line, - reads a script from standard \
            input. Parameters come from --set, then from the environment (PARLEY_NAME), then from \
            the profile, then from the script.

              parley run submission.parley
              parley run --set host=mx.example.net --tags smtp,-slow *.parley
              parley run submission.parley:7 --trace

            --step, --break and --repl-on-fail stop the run and open a prompt on its live \
            sessions: :step, :next, :continue, :where, any statement; :help lists all.

            ^C ends politely: sessions say goodbye, `finally` runs, and the report is complete up \
            to there. A second ^C ends at once.
            """
    )

    @Argument(help: "Scripts; FILE:LINE selects one test, - is standard input.")
    var files: [String]

    @Option(name: .customLong("set"), help: .init("Set a parameter.", valueName: "name=value"))
    var settings: [String] = []

    @Option(help: .init("The profile that sets parameters.", valueName: "name"))
    var profile: String?

    @Option(help: .init("Trust the certificates of this file (PEM) only.", valueName: "file"))
    var ca: String?

    @Option(
        help: .init(
            "Append the secrets of all TLS sessions to this file, for decrypting a capture.",
            valueName: "file"
        )
    )
    var keylog: String?

    @Option(help: .init("The limit of the whole run: 90s, 10m, 1h.", valueName: "duration"))
    var timeout: String?

    @Option(
        parsing: .unconditional,
        help: .init("Only tests with one of these tags; -tag excludes.", valueName: "a,b,-c")
    )
    var tags: String?

    @Option(help: .init("How the report is written: text or jsonl.", valueName: "format"))
    var format = "text"

    @Flag(help: "Show every line sent and received as it happens.")
    var trace = false

    @Flag(name: .shortAndLong, help: "Show passing steps and rounds too.")
    var verbose = false

    @Option(help: .init("Whether a warning fails the run: allow or fail.", valueName: "allow|fail"))
    var warnings = "allow"

    @Option(help: .init("The seed of all randomness; a fresh one each time.", valueName: "number"))
    var seed: UInt64?

    @Option(help: .init("How many tests run at the same time.", valueName: "number"))
    var jobs = 1

    @Option(help: .init("How often a failed test is run again.", valueName: "number"))
    var retry = 0

    @Option(help: .init("When to colour: auto, always or never.", valueName: "when"))
    var color = "auto"

    @Option(help: .init("What EHLO says where the script does not.", valueName: "domain"))
    var probeName: String?

    @Flag(help: "Stop before each statement, at a prompt on the live session.")
    var step = false

    @Option(
        name: .customLong("break"),
        help: .init("Stop at this line; may be said several times.", valueName: "file:line")
    )
    var breakpoints: [String] = []

    @Flag(help: "Open the prompt on the live session where something fails.")
    var replOnFail = false

    mutating func execute() throws -> Int32 {
        guard let reportFormat = ReportFormat.named(format) else {
            throw ToolFailure.unknown(format, "format", among: ReportFormat.all.map(\.name))
        }
        guard ["allow", "fail"].contains(warnings) else {
            throw ToolFailure.unknown(warnings, "value of --warnings", among: ["allow", "fail"])
        }
        let colors = try TerminalSettings.colorMode(color)
        var options = try self.options()

        let arguments = try ScriptArgument.parse(files)
        let loaded = LoadedScripts(
            arguments.map(\.path),
            colors: colors,
            keepsStops: isDebugged
        )
        guard let scripts = loaded.all else { return ExitStatus.usage }

        for argument in arguments {
            if let line = argument.line { options.lines[argument.path] = line }
        }
        try TestSelection(lines: options.lines, tags: options.tags).check(scripts)

        try debug(scripts, &options)
        let settings = TerminalSettings(of: .output, color: colors)
        var style = settings.reportStyle
        style.isVerbose = verbose
        style.showsTrace = trace
        style.repeatedOptions = repeatedOptions
        if trace || isDebugged { style.isLive = false }
        let warningsFail = warnings == "fail"
        let watched = isDebugged ? ConversationSignals.watched : []
        SignalWatch.run(watching: watched) { [options, style] watch in
            let summary = await Self.run(scripts, options, reportFormat, style, watch)
            let hasWarnings = summary.counts[.warn] ?? 0 > 0
            let isFailure = warningsFail && hasWarnings && summary.exitCode == ExitStatus.success
            return isFailure ? ExitStatus.failure : summary.exitCode
        }
    }

    static func run(
        _ scripts: [Script],
        _ options: RunOptions,
        _ format: ReportFormat,
        _ style: ReportStyle,
        _ watch: SignalWatch
    ) async -> RunSummary {
        if let debugger = options.debugger {
            return await debugged(scripts, options, debugger, format, style, watch)
        }
        var options = options
        options.prompt = { text in watch.whilePrompting { SecretPrompt.read(text) } }
        let output = ReportOutput { watch.interrupt() }
        let sink = ReportSink(format.make(style) { output.write($0) })
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let network = SystemNetwork(loopCount: min(options.jobs, cores))
        let runner = Runner(network: network, sink: sink, options: options)
        watch.handle { runner.interrupt() }
        let summary = await runner.run(scripts)
        // The network's threads end with the process; only the report has to be whole.
        sink.finish()
        return summary
    }

    func options() throws -> RunOptions {
        var options = RunOptions()
        for setting in settings {
            guard let equals = setting.firstIndex(of: "="), equals > setting.startIndex else {
                throw ToolFailure("--set \(DisplayText.safe(setting)): write name=value")
            }
            let value = setting[setting.index(after: equals)...]
            options.parameters.append((String(setting[..<equals]), String(value)))
        }
        options.profile = profile
        options.environment = ProcessEnvironment.all
        options.tags = (tags ?? "").split(separator: ",").map { String($0) }
        if let timeout {
            guard let limit = DurationArgument.nanoseconds(timeout), limit > 0 else {
                let shown = DisplayText.safe(timeout)
                throw ToolFailure("--timeout \(shown): write a duration such as 90s, 10m or 1h")
            }
            options.timeout = limit
        }
        if let ca {
            guard access(ca, R_OK) == 0 else {
                throw ToolFailure("--ca \(DisplayText.safe(ca)): \(InputFile.systemError)")
            }
            options.authorityFile = ca
        }
        if let keylog {
            do throws(TLSError) {
                options.keyLog = try TLSKeyLog(path: keylog)
            } catch {
                throw ToolFailure("--keylog: \(error.context)")
            }
        }
        guard (1...10_000).contains(jobs) else { throw ToolFailure("--jobs: from 1 to 10000") }
        guard (0...1000).contains(retry) else { throw ToolFailure("--retry: from 0 to 1000") }
        options.jobs = jobs
        options.retries = retry
        options.seed = seed
        options.probeName = probeName
        return options
    }
}
