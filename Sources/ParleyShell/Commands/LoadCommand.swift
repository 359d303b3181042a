import Parley
import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleyReports
import ParleySemantics
import ParleySyntax

/// `:load FILE`
struct LoadCommand: ShellCommand {
    let name = "load"
    let arguments = "FILE"
    let help = "declares what a script declares; its tests can be run by their titles"
    let completes = CommandArgument.file

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        let path = shell.path(argument)
        guard !path.isEmpty else { return shell.complain("load which file?", help: ":load FILE") }
        let source: SourceText
        switch InputFile.read(path) {
        case .failure(let failure): return shell.complain(failure.message)
        case .success(let octets): source = SourceText(name: path, bytes: octets)
        }
        // Checked as the whole that it is, so that all that is wrong with it is told.
        let loaded = ScriptLoader().load(source, path: path)
        guard let script = loaded.script else { return shell.refuse(loaded.diagnostics) }
        if !loaded.diagnostics.isEmpty { _ = shell.refuse(loaded.diagnostics) }
        let (tree, _) = Parser.parse(source)
        let declarations = tree.statements.filter(Self.isDeclaration)
        shell.files.admit(path)
        let (piece, found) = shell.checker.check(
            SyntaxTree(source: source, tokens: tree.tokens, statements: declarations)
        )
        guard let piece, !found.contains(where: { $0.severity == .error }) else {
            return shell.refuse(found)
        }
        var live = LivePiece(shell.limited(piece))
        live.path = path
        let outcome = await shell.live.run(live)
        for finding in outcome.findings { shell.output.show { $0.lines(of: finding) } }
        guard outcome.verdict < .fail else {
            shell.checker.takeBack()
            return ShellResponse(exitCode: outcome.exitCode)
        }
        shell.keep(script)
        shell.loads.removeAll { $0.path == path }
        shell.loads.append((path, Self.names(declarations)))
        let told = Self.declared(declarations) + Self.tests(of: script)
        shell.output.show { text in
            let rows = told.isEmpty ? [(name: "nothing", value: "it declares no names")] : told
            return ValueText(text: text).table(rows)
        }
        return .done
    }

    private static func isDeclaration(_ statement: Statement) -> Bool {
        switch statement.kind {
        case .use, .profile, .parameter, .secret, .binding, .dialogue, .server: true
        default: false
        }
    }

    /// The names that statements declare for those who use them.
    private static func names(_ statements: [Statement]) -> Set<String> {
        Set(
            statements.compactMap { statement in
                switch statement.kind {
                case .parameter(let name, _, _), .secret(let name, _, _), .binding(let name, _),
                    .dialogue(let name, _, _):
                    name.text
                case .server(let server): server.name.text
                default: nil
                }
            }
        )
    }

    /// What was declared, by sort.
    private static func declared(_ statements: [Statement]) -> [(name: String, value: String)] {
        var sorts: [(name: String, names: [String])] = []
        func add(_ sort: String, _ name: String) {
            if let index = sorts.firstIndex(where: { $0.name == sort }) {
                sorts[index].names.append(name)
            } else {
                sorts.append((sort, [name]))
            }
        }
        for statement in statements {
            switch statement.kind {
            case .use(let path, _): add("uses", path.literal ?? "a file")
            case .profile(let name, _): add("profile", name.text)
            case .parameter(let name, _, let value):
                add("param", name.text + (value == nil ? " (no value yet)" : ""))
            case .secret(let name, _, _): add("secret", name.text)
            case .binding(let name, _): add("let", name.text)
            case .dialogue(let name, _, _): add("dialogue", name.text)
            case .server(let server): add("server", server.name.text)
            default: continue
            }
        }
        return sorts.map { ($0.name, $0.names.joined(separator: ", ")) }
    }

    private static func tests(of script: Script) -> [(name: String, value: String)] {
        script.checked.tests.map { test in
            let line = test.place.source.line(at: test.place.range.start)
            return ("test", "\"\(test.titleTemplate)\" (line \(line))")
        }
    }
}

extension Shell {
    /// A path as a person types it: `~/` is the home, and quotes may stand around it.
    func path(_ argument: String) -> String {
        WrittenFile(
            argument.first == "!" ? String(argument.dropFirst()) : argument,
            home: configuration.options.environment["HOME"]
        )
        .path
    }

    /// Keeps a script, whose tests can be run by their titles.
    func keep(_ script: Script) {
        scripts.removeAll { $0.path == script.path }
        scripts.append(script)
    }
}
