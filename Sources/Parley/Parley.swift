public import ParleyDiagnostics
public import ParleyEngine
public import ParleyNetwork

/// Parley as a library: check scripts and run them from a program of one's own.
///
/// ```swift
/// let script = try Parley.script(named: "probe.parley", """
///     test "the MX greets" {
///         connect smtp mx.example.net => 220
///     }
///     """)
/// let summary = await Parley.run([script], reportingTo: sink)
/// ```
///
/// What happens in a run reaches an ``ParleyEngine/EventSink``; the reports of `ParleyReports` are
/// such sinks.
public enum Parley {
    /// A script that does not pass its checks.
    public struct Rejected: Error, Sendable {
        /// All that is wrong with it, in the order of the text.
        public let diagnostics: [Diagnostic]
        /// Why its file could not be read, if that is what is wrong.
        public let failure: String?
    }

    /// Checks and compiles a script given as text.
    ///
    /// - Parameter name: how diagnostics and reports call it; its folder holds the files it uses.
    /// - Throws: ``Rejected`` with every error of the script; warnings alone reject nothing.
    public static func script(named name: String, _ text: String) throws(Rejected) -> Script {
        try accepted(ScriptLoader().load(SourceText(name: name, text), path: name))
    }

    /// Checks and compiles the script in a file.
    ///
    /// - Throws: ``Rejected`` with every error of the script, or why it cannot be read.
    public static func script(at path: String) throws(Rejected) -> Script {
        try accepted(ScriptLoader().load(path))
    }

    /// Runs the tests of scripts and waits for them.
    ///
    /// - Parameters:
    ///   - network: the operating system's sockets unless given.
    ///   - sink: what hears of everything that happens.
    /// - Returns: the counts of verdicts, and the exit code they ask for.
    public static func run(
        _ scripts: [Script],
        options: RunOptions = RunOptions(),
        on network: (any Network)? = nil,
        reportingTo sink: any EventSink
    ) async -> RunSummary {
        if let network {
            return await Runner(network: network, sink: sink, options: options).run(scripts)
        }
        let system = SystemNetwork()
        let summary = await Runner(network: system, sink: sink, options: options).run(scripts)
        await system.shutDown()
        return summary
    }

    private static func accepted(_ loaded: ScriptLoader.Loaded) throws(Rejected) -> Script {
        guard let script = loaded.script else {
            throw Rejected(diagnostics: loaded.diagnostics, failure: loaded.failure)
        }
        return script
    }
}
