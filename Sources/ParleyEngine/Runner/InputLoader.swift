import ParleyDiagnostics
import ParleyMachine
import ParleySemantics
import ParleyTLS
import ParleyVerbs

/// Gives scripts their inputs before anything is sent: parameters, secrets, cases, the run's name
/// and its seed.
struct InputLoader {
    let options: RunOptions
    let clock: RunClock
    let runID: String
    let seed: UInt64
    private let probeName: String

    /// What a run has to work with.
    struct Loaded {
        var tests: [Schedule.Planned] = []
        var secrets: [[UInt8]] = []
        var findings: [Finding] = []

        /// How many findings keep everything from running.
        var obstacles: Int { findings.count { $0.verdict >= .fail } }
    }

    init(options: RunOptions, clock: RunClock) {
        self.options = options
        self.clock = clock
        let random = SecureRandom.bytes(14)
        seed = options.seed ?? random.prefix(6).reduce(0) { $0 << 8 | UInt64($1) }
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
        runID = String(
            decoding: random.suffix(8).map { letters[Int($0) % letters.count] },
            as: UTF8.self
        )
        probeName = options.probeName ?? ProbeName.ofThisHost()
    }

    /// Loads all scripts; findings of verdict error or fail mean that nothing may run.
    func load(_ scripts: [Script]) -> Loaded {
        var loaded = Loaded()
        checkNames(scripts, &loaded)
        for script in scripts { load(script, &loaded) }
        return loaded
    }

    private func load(_ script: Script, _ loaded: inout Loaded) {
        let checked = script.checked
        let files = ScriptFiles(scriptPath: script.path)
        let before = loaded.obstacles
        var context = context(of: checked)
        for secret in checked.secrets {
            guard
                let octets = checked.isReplay ? Redactor.mark : read(secret, files, &loaded)
            else { continue }
            loaded.secrets.append(octets)
            context.secrets.append(Value.string(String(decoding: octets, as: UTF8.self)).asSecret)
        }
        guard loaded.obstacles == before else { return }
        context.parameters = parameters(of: script, context, &loaded)
        guard loaded.obstacles == before else { return }
        let (instances, findings) = script.program.instantiate(context) { files.read($0) }
        loaded.findings += findings
        let limits = SessionLimits(context.limits, checked.limits)
        let ready = LoadedScript(
            path: script.path,
            program: script.program,
            context: context,
            limits: limits,
            replay: checked.isReplay ? ServerScript.recorded(in: checked) : nil,
            files: files
        )
        for instance in instances where isWanted(instance, in: script) {
            loaded.tests.append(Schedule.Planned(script: ready, instance: instance))
        }
    }

    /// What is the same for all fibers of a script, without parameters and secrets.
    func context(of checked: CheckedProgram) -> FiberContext {
        FiberContext(
            runID: runID,
            seed: seed,
            startWallClock: clock.wall,
            startMonotonic: clock.monotonic,
            probeName: probeName,
            probeSender: options.probeSender ?? "probe@\(probeName)",
            limits: PhaseLimits(checked.limits),
            reportsHeld: false
        )
    }

    // MARK: - Parameters

    private func parameters(
        of script: Script,
        _ context: FiberContext,
        _ loaded: inout Loaded
    ) -> [Value] {
        var texts: [Int: String] = [:]
        for (index, parameter) in script.checked.parameters.enumerated() {
            let name = parameter.variable.name
            if let set = options.parameters.last(where: { $0.name == name }) {
                texts[index] = set.value
            } else if let value = options.environment[RunOptions.environmentName(of: name)] {
                texts[index] = value
            }
        }
        let result = script.program.parameters(
            setting: texts,
            profile: options.profile,
            context: context
        )
        switch result {
        case .success(let values):
            return values
        case .failure(let problems):
            loaded.findings += problems.problems.map { problem in
                Finding(
                    verdict: .error,
                    reason: "script.name",
                    message: problem.message,
                    place: problem.place,
                    help: "set it with `--set name=value`, or export PARLEY_NAME"
                )
            }
            return []
        }
    }

    /// A name that no script declares is a slip, not something to ignore.
    private func checkNames(_ scripts: [Script], _ loaded: inout Loaded) {
        guard let first = scripts.first?.checked.sources.first else { return }
        let place = SourcePlace(first, SourceRange(0, 0))
        let names = scripts.flatMap { $0.checked.parameters.map(\.variable.name) }
        for (name, _) in options.parameters where !names.contains(name) {
            let near = Suggestion.nearest(to: name, among: names)
            loaded.findings.append(
                Finding(
                    verdict: .error,
                    reason: "script.name",
                    message: "--set \(name): no script has a parameter of that name",
                    place: place,
                    help: near.map { "did you mean ‘\($0)’?" }
                        ?? (names.isEmpty
                            ? "there are no parameters"
                            : "there are: " + names.joined(separator: ", "))
                )
            )
        }
        guard let profile = options.profile else { return }
        let profiles = scripts.flatMap { $0.checked.parameters.flatMap(\.profiles.keys) }
        if !profiles.contains(profile) {
            let near = Suggestion.nearest(to: profile, among: Set(profiles))
            loaded.findings.append(
                Finding(
                    verdict: .error,
                    reason: "script.name",
                    message: "--profile \(profile): no script has a profile of that name",
                    place: place,
                    help: near.map { "did you mean ‘\($0)’?" }
                )
            )
        }
    }

    // MARK: - Secrets

    /// The octets of a secret, or a finding.
    func read(
        _ secret: CheckedSecret,
        _ files: ScriptFiles,
        _ loaded: inout Loaded
    ) -> [UInt8]? {
        let name = secret.variable.name
        func fail(_ message: String, help: String, reason: String = "local.file") -> [UInt8]? {
            loaded.findings.append(
                Finding(
                    verdict: .error,
                    reason: reason,
                    message: "secret \(name): \(message)",
                    place: secret.place,
                    help: help
                )
            )
            return nil
        }
        var octets: [UInt8]
        switch secret.source {
        case .environment(let variable):
            guard let value = options.environment[variable] else {
                return fail(
                    "the environment has no \(variable)",
                    help: "export \(variable) before the run",
                    reason: "script.name"
                )
            }
            octets = Array(value.utf8)
        case .file(let path):
            switch files.read(path) {
            case .success(let read): octets = withoutLineEnd(read)
            case .failure(let failure):
                return fail(
                    failure.message,
                    help: "secrets are read below the script's folder",
                    reason: failure.reason
                )
            }
        case .credential(let name):
            guard let folder = options.environment["CREDENTIALS_DIRECTORY"] else {
                return fail(
                    "no CREDENTIALS_DIRECTORY",
                    help: "run it as a systemd service with LoadCredential=\(name):…"
                )
            }
            switch ScriptFiles(scriptPath: folder + "/x").read(name) {
            case .success(let read): octets = withoutLineEnd(read)
            case .failure(let failure):
                return fail(failure.message, help: "add LoadCredential=\(name):… to the unit")
            }
        case .prompt(let text):
            switch options.prompt?(text) ?? .noTerminal {
            case .typed(let typed): octets = typed
            case .abandoned:
                return fail(
                    "it was asked for, and given up",
                    help: "say it again and type it, or use `env` or `file`",
                    reason: "run.interrupted"
                )
            case .noTerminal:
                return fail(
                    "it is asked for at the terminal, and there is none",
                    help: "use `env` or `file` where nobody can type"
                )
            }
        }
        guard String(validating: octets, as: UTF8.self) != nil else {
            return fail(
                "it is not UTF-8 text",
                help: "encode it, in base64 for instance",
                reason: "script.permission"
            )
        }
        guard octets.count >= 4 else {
            if case .prompt = secret.source, !octets.isEmpty {
                // Whoever was asked for it cannot choose another one on the spot.
                loaded.findings.append(
                    Finding(
                        verdict: .warn,
                        reason: "script.permission",
                        message: "secret \(name): it has fewer than four octets and cannot be "
                            + "hidden where a server repeats it",
                        place: secret.place,
                        help: "what is sent stays hidden; before you show the dialogue to "
                            + "anybody, look through the server's lines, or change the password"
                    )
                )
                return octets
            }
            return fail(
                "it has fewer than four octets",
                help: "the echo of so short a secret could not be scrubbed from reports",
                reason: "script.permission"
            )
        }
        return octets
    }

    private func withoutLineEnd(_ octets: [UInt8]) -> [UInt8] {
        var rest = octets[...]
        if rest.last == 0x0A { rest = rest.dropLast() }
        if rest.last == 0x0D { rest = rest.dropLast() }
        return Array(rest)
    }

    // MARK: - Selection

    private func isWanted(_ instance: TestInstance, in script: Script) -> Bool {
        let wanted = options.tags.filter { !$0.hasPrefix("-") }
        let unwanted = options.tags.filter { $0.hasPrefix("-") }.map { String($0.dropFirst()) }
        if !wanted.isEmpty, !instance.tags.contains(where: wanted.contains) { return false }
        if instance.tags.contains(where: unwanted.contains) { return false }
        guard let line = options.lines[script.path] else { return true }
        return instance.place.lines.contains(line)
    }
}
