import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
public import ParleyNetwork
import ParleyReports
import ParleySemantics
import ParleySyntax
import ParleyWire

/// A conversation with mail servers, input by input: the core of the REPL, which knows no terminal.
///
/// Inputs are statements of the language, expressions whose value is wanted, and commands that
/// begin with a colon. What happens is shown through `output`, in whole lines fit for a terminal,
/// also between two inputs: a server may speak unasked.
///
/// A shell belongs to one task, which gives it one input at a time; only ``interrupt`` may be
/// called from anywhere.
public final class Shell {
    /// Ends what is awaited; the conversation goes on. Callable from any thread.
    public let interrupt: @Sendable () -> Void

    let configuration: ShellConfiguration
    let network: any Network
    let output: ShellOutput
    let live: LiveRun
    private(set) var checker: InteractiveChecker
    private(set) var files: TypedScript
    /// What runs beside the conversation.
    let work: RunningWork

    /// The statements carried out so far, oldest first.
    var entries: [ShellEntry] = []
    /// Every input, commands included, for `:history`.
    var inputs: [String] = []
    /// The sessions as the last statement left them.
    var sessions: [LiveSession] = []
    /// How each session was opened, for `:reconnect`.
    var connects: [Int: String] = [:]
    /// In which session's place `:reconnect` has opened each.
    var origins: [Int: Int] = [:]
    /// The latest `connect`, if its handshake failed.
    var failedHandshake: FailedHandshake?
    /// What each session's server offered before TLS, for `:caps`.
    var capabilitiesInClear: [Int: Capabilities] = [:]
    /// The scripts that were loaded or run, the latest last.
    var scripts: [Script] = []
    /// What commands have set.
    var settings = ShellSettings()
    /// Where lines go as they are typed, while `:raw` is on.
    var raw: RawMode?
    /// The code of the input that was refused last, until a statement runs.
    var lastRefusal: String?
    /// What `:run` ran last.
    var lastRun: (path: String, line: Int?)?
    /// Where the conversation is being recorded, if it is.
    var recording: String?
    /// The scripts whose names were declared, with those names.
    var loads: [(path: String, names: Set<String>)] = []
    /// Whether the sessions and names are those of a test that stands still.
    let isGuest: Bool

    /// A shell that has said nothing.
    ///
    /// - Parameters:
    ///   - write: shows lines without their line ends. Called from any thread.
    public init(
        network: any Network,
        configuration: ShellConfiguration,
        write: @escaping @Sendable ([String]) -> Void
    ) async {
        self.network = network
        isGuest = false
        var configuration = configuration
        if configuration.options.recorder == nil { configuration.options.recorder = Recorder() }
        self.configuration = configuration
        output = ShellOutput(style: configuration.style, write: write)
        let files = TypedScript(path: configuration.path)
        self.files = files
        checker = Self.checker(files)
        let work = RunningWork()
        self.work = work
        let live = await LiveRun(
            network: network,
            sink: output,
            options: configuration.options,
            path: configuration.path
        )
        self.live = live
        interrupt = { if !work.interrupt() { live.interrupt() } }
        output.scrub { live.scrub($0) }
    }

    /// A shell over a run that stands still.
    init(
        live: LiveRun,
        checker: InteractiveChecker,
        configuration: ShellConfiguration,
        write: @escaping @Sendable ([String]) -> Void
    ) {
        network = live.network
        isGuest = true
        self.configuration = configuration
        output = ShellOutput(style: configuration.style, write: write)
        files = TypedScript(path: configuration.path)
        self.checker = checker
        let work = RunningWork()
        self.work = work
        self.live = live
        interrupt = { if !work.interrupt() { live.interrupt() } }
        output.scrub { live.scrub($0) }
    }

    private static func checker(_ files: TypedScript) -> InteractiveChecker {
        InteractiveChecker(registry: Protocols.registry) { files.load($0, from: $1) }
    }

    /// Takes an input: one or several statements, an expression, or a command.
    public func submit(_ input: String) async -> ShellResponse {
        let text = String(input.drop { $0 == " " || $0 == "\n" || $0 == "\t" })
        guard !text.isEmpty || raw != nil else { return .done }
        if !text.isEmpty { inputs.append(remembered(input)) }
        if text.first == ":" {
            return await ShellCommands.run(String(text.dropFirst()), in: self)
        }
        let response = raw == nil ? await carryOut(text) : await typeRaw(input)
        keepRecording()
        return response
    }

    /// Whether the input holds a password or what is typed in place of one, so that no history may
    /// keep it.
    public func carriesSecret(_ input: String) -> Bool {
        guard raw == nil else { return isRawSecret(input) }
        return !InputSecrets.ranges(in: input, answersLogin: answersLogin).isEmpty
    }

    /// Whether a line that is sent now answers the challenge of a login.
    var answersLogin: Bool { current?.rawLogin.expectsAnswer ?? false }

    /// Whether what is typed raw holds a password.
    private func isRawSecret(_ input: String) -> Bool {
        guard input.first != ":", raw?.isContent == false else { return false }
        return current?.rawLogin.hides(input) ?? false
    }

    /// Whether the input goes on: a block, a text or a parenthesis is open.
    public func needsMore(_ input: String) -> Bool { raw == nil && OpenInput.isOpen(input) }

    /// The input as `:history` shows it.
    private func remembered(_ input: String) -> String {
        guard raw == nil else { return isRawSecret(input) ? SourceText.mark : input }
        return InputSecrets.listed(input, answersLogin: answersLogin)
    }

    /// Takes leave of every session.
    public func close() async {
        await live.close()
        sessions = []
    }

    /// Forgets names, sessions and what was said.
    func beginAnew() async {
        await live.close()
        files = TypedScript(path: configuration.path)
        checker = Self.checker(files)
        (entries, sessions, connects, capabilitiesInClear) = ([], [], [:], [:])
        (origins, failedHandshake) = ([:], nil)
        (scripts, settings, raw) = ([], ShellSettings(), nil)
        (lastRefusal, lastRun, loads) = (nil, nil, [])
        configuration.options.recorder?.reset()
    }

    /// Looks at the sessions again; one may have ended since the last input.
    public func refresh() async {
        sessions = await live.sessions()
    }

    /// The session that a command shows, looked at again: the current one, or the latest. Where
    /// there is none, that is told.
    func sessionToShow() async -> LiveSession? {
        await refresh()
        if let session = current ?? sessions.last { return session }
        _ = complain("no session is open", help: "connect smtp HOST:PORT")
        return nil
    }

    /// The session that a bare verb speaks on.
    var current: LiveSession? {
        guard let slot = checker.currentSession else { return nil }
        return sessions.first { $0.slot == slot }
    }

    /// The name of the input that is carried out, by its number in `:history`.
    var inputName: String { TypedScript.inputName(inputs.count) }

    /// Shows something that is wrong with the input.
    func complain(_ message: String, help: String? = nil) -> ShellResponse {
        output.show { text in
            let shown = text.safe(DisplayText.shortened(message))
            let way = help.map { "  = help: \(text.safe(DisplayText.shortened($0)))" }
            return [text.bad(shown)] + (way.map { [$0] } ?? [])
        }
        return .mistaken
    }
}
