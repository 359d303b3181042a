import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// Checks the file named on the command line.
    func checkMain(_ tree: SyntaxTree) {
        reading = [tree.source.name]
        let unit = FileUnit(scope: scope)
        files[tree.source.name] = unit
        beginReplay(tree)
        declarations(tree, unit)
        replay(tree)
        // Globals have the lowest registers, so they are complete before anything else is checked.
        program.globalCount = frame.variableCount
        surveyor?.look(.declared, self)
        checkServersOfUse()
        fileServers(tree)
        settings(tree)
        tests(tree)
        for symbol in unit.exports {
            if case .dialogue(let dialogue) = symbol.meaning, !dialogue.isDone {
                checkAlone(dialogue)
            }
        }
        checkSignals()
    }

    /// Reads a file's names: what it uses, then its parameters, secrets, values, servers and
    /// dialogues. Values see what stands before them; dialogues and tests see all.
    func declarations(_ tree: SyntaxTree, _ unit: FileUnit) {
        for statement in tree.statements {
            switch statement.kind {
            case .use(let path, let settings): use(path, settings)
            case .parameter(let name, let kind, let value): parameter(name, kind, value)
            case .secret(let name, let source, let arguments): secret(name, source, arguments)
            case .binding(let name, let value):
                let checked = expression(value)
                let variable = bind(name, valueKind(checked))
                program.prelude.append(
                    CheckedStatement(place: place(statement.range), kind: .bind(variable, checked))
                )
            case .server(let declaration):
                declare(declaration.name, .server(ServerUnit(declaration)))
            case .dialogue(let name, let parameters, let body):
                let dialogue = DialogueUnit(
                    name: name.text,
                    parameters: parameters,
                    body: body,
                    source: source,
                    scope: scope
                )
                declareDialogue(dialogue)
                declare(name, .dialogue(dialogue))
            default: continue
            }
            if let name = Self.declaredName(statement), let symbol = scope.symbols[name] {
                unit.exports.append(symbol)
            }
        }
        for statement in tree.statements {
            if case .profile(let name, let values) = statement.kind { profile(name, values) }
        }
    }

    private static func declaredName(_ statement: Statement) -> String? {
        switch statement.kind {
        case .parameter(let name, _, _), .secret(let name, _, _), .binding(let name, _),
            .dialogue(let name, _, _):
            name.text
        case .server(let declaration): declaration.name.text
        default: nil
        }
    }

    /// Checks the scripted servers of a file, once all its names are known.
    func fileServers(_ tree: SyntaxTree) {
        for statement in tree.statements {
            guard case .server(let declaration) = statement.kind,
                case .server(let unit)? = scope.symbols[declaration.name.text]?.meaning,
                unit.index == nil
            else { continue }
            server(unit)
        }
    }

    /// `use "file" [with name = value, …]`: its names are known here as if they were written here.
    private func use(_ path: Word, _ settings: [NamedWord]) {
        guard let literal = path.literal else {
            report(.typeConstant, "the path of a file must be written out", at: path.range)
            return
        }
        let tree: SyntaxTree
        switch loader(literal, source) {
        case .success(let loaded): tree = loaded
        case .failure(let failure):
            report(
                .nameFile,
                "cannot use ‘\(literal)’: \(failure.message)",
                at: path.range,
                help: "a file is looked up beside the one that uses it"
            )
            return
        }
        let name = tree.source.name
        guard !reading.contains(name) else {
            let circle = reading.drop { $0 != name } + [name]
            report(
                .nameCircle,
                "files use each other in a circle",
                at: path.range,
                notes: [circle.joined(separator: " uses ")],
                help: "move what both need into a third file"
            )
            return
        }
        let unit = files[name] ?? read(tree)
        for symbol in unit.exports {
            if let earlier = scope.symbols[symbol.name] {
                if earlier.place.source !== symbol.place.source {
                    report(
                        .nameDuplicate,
                        "‘\(symbol.name)’ of this file is bound already",
                        at: path.range,
                        secondary: [
                            Diagnostic.Label(earlier.place, "bound here"),
                            Diagnostic.Label(symbol.place, "and here"),
                        ],
                        help: "rename one of them"
                    )
                }
                continue
            }
            scope.set(symbol)
        }
        apply(settings, of: unit, literal)
    }

    /// Reads a file that is used: its names, without its tests.
    private func read(_ tree: SyntaxTree) -> FileUnit {
        let (outerScope, outerSource) = (scope, source)
        scope = Scope(parent: nil)
        source = tree.source
        reading.append(tree.source.name)
        program.sources.append(tree.source)
        let unit = FileUnit(scope: scope)
        files[tree.source.name] = unit
        declarations(tree, unit)
        fileServersOfUse.append((tree, scope))
        reading.removeLast()
        (scope, source) = (outerScope, outerSource)
        return unit
    }

    /// Checks the servers of the files that are used; their texts may name any global.
    func checkServersOfUse() {
        for (tree, fileScope) in fileServersOfUse {
            let (outerScope, outerSource) = (scope, source)
            (scope, source) = (fileScope, tree.source)
            fileServers(tree)
            (scope, source) = (outerScope, outerSource)
        }
    }

    /// `with name = value`: sets parameters of the used file.
    private func apply(_ settings: [NamedWord], of unit: FileUnit, _ path: String) {
        for setting in settings {
            let names = unit.exports.map(\.name)
            guard let symbol = unit.exports.first(where: { $0.name == setting.name.text }),
                case .variable(let variable) = symbol.meaning,
                let index = program.parameters.firstIndex(where: {
                    $0.variable.index == variable.index
                })
            else {
                report(
                    .nameSetting,
                    "‘\(path)’ has no parameter ‘\(setting.name.text)’",
                    at: setting.name.range,
                    help: suggestion(setting.name.text, names)
                )
                continue
            }
            notes?.note(setting.name.text, place(setting.name.range), symbol)
            program.parameters[index].initial = parameterValue(setting.value, variable.kind)
        }
    }
}
