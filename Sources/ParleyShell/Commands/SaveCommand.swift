import Parley
import ParleyDiagnostics
import ParleyEngine
import ParleyNetwork
import ParleyReports
import ParleySyntax

/// `:save NAME.parley`
struct SaveCommand: ShellCommand {
    let name = "save"
    let arguments = "NAME.parley"
    let help = "writes the conversation as a test: what worked, with the replies that came"
    let completes = CommandArgument.file

    var refusalForGuests: (message: String, help: String)? {
        (
            "what was said at a stop began with a script, and makes none of its own",
            "`:transcript FILE` writes the dialogue"
        )
    }

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let home = shell.configuration.options.environment["HOME"]
        let file = WrittenFile(Self.named(argument), home: home)
        guard !file.path.isEmpty else {
            return shell.complain("save it where?", help: ":save NAME.parley")
        }
        await shell.refresh()
        let script = SavedScript(
            shell.entries,
            title: Self.title(file.path),
            used: shell.used(from: file.path),
            profile: shell.settings.profile
        )
        guard !script.isEmpty else {
            return shell.complain(
                "there is nothing to save: nothing was said that worked",
                help: "connect smtp HOST:PORT"
            )
        }
        let tree = Parser.parse(SourceText(name: file.path, script.text)).tree
        let text = Formatter.format(tree)
        let loaded = ScriptLoader(lints: true).load(
            SourceText(name: file.path, text),
            path: file.path
        )
        guard loaded.script != nil else {
            _ = shell.refuse(loaded.diagnostics)
            return shell.complain("what was said makes no script; nothing was written")
        }
        // A secret that was typed where none was looked for must not get into the file.
        let clean = shell.live.scrub(text)
        guard clean == text else {
            return shell.complain(
                "a secret stands in what was typed; nothing was written",
                help: "name it: secret pass = env VARIABLE, and write ${pass}"
            )
        }
        do throws(WrittenFile.Problem) {
            try file.write(Array(text.utf8), mode: 0o644)
        } catch {
            return shell.complain(
                error.message,
                help: error.isThere ? "`:save! \(file.path)` replaces it" : nil
            )
        }
        if !loaded.diagnostics.isEmpty { _ = shell.refuse(loaded.diagnostics) }
        tell(script, file.path, shell)
        return .done
    }

    /// The name with its extension.
    private static func named(_ argument: String) -> String {
        let name = argument.split(separator: "/").last ?? ""
        guard !name.isEmpty, name != "!", !name.contains("."), argument.last != "\"" else {
            return argument
        }
        return argument + ".parley"
    }

    /// The test's title: the file's name.
    private static func title(_ path: String) -> String {
        let name = FilePath.last(of: path)
        return name.hasSuffix(".parley") ? String(name.dropLast(7)) : name
    }

    private func tell(_ script: SavedScript, _ path: String, _ shell: Shell) {
        var words = script.variables.map { "\($0)=…" } + ["parley", "run"]
        let options = shell.configuration.options
        if let profile = shell.settings.profile { words += ["--profile", profile] }
        if let authority = options.authorityFile { words += ["--ca", ShellText.quoted(authority)] }
        if let name = options.probeName { words += ["--probe-name", name] }
        words.append(ShellText.quoted(path))
        shell.output.show { [words] text in
            var lines = [text.safe("wrote \(path): \(script.count) statements")]
            lines.append(text.safe("  run it: \(words.joined(separator: " "))"))
            lines += script.remarks.map { text.warning(text.safe("  \($0)")) }
            lines += script.leftOut.prefix(20).map { text.dim(text.safe("  left out: \($0)")) }
            if script.leftOut.count > 20 { lines.append(text.dim("  …")) }
            return lines
        }
    }
}

extension Shell {
    /// The scripts that were loaded and lie below a file's folder, as `use` there writes them, if
    /// the conversation reads any of their names.
    func used(from path: String) -> [String] {
        let read = Set(entries.compactMap(SavedStatement.init).flatMap { $0.reads.map(\.text) })
        let own = FilePath.parent(of: path)
        let folder = FilePath.resolve(own) ?? own
        return loads.filter { !$0.names.isDisjoint(with: read) }.map { load in
            let resolved = FilePath.resolve(load.path) ?? load.path
            return FilePath.below(folder, resolved) ?? resolved
        }
    }
}
