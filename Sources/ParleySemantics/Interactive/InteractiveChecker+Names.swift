import ParleyDiagnostics

extension InteractiveChecker {
    /// All names at a moment of the conversation.
    public struct NameTable {
        let symbols: [String: Symbol]
    }

    /// The names as they are now.
    public var nameTable: NameTable { NameTable(symbols: checking.scope.symbols) }

    /// Gives names the meaning that they had at a moment. Sessions and servers that run keep
    /// theirs: what happened cannot be taken back.
    ///
    /// - Returns: the names that changed, in order.
    @discardableResult
    public func restore(_ table: NameTable) -> [String] {
        var symbols = checking.scope.symbols
        var changed: [String] = []
        for (name, symbol) in symbols {
            switch symbol.meaning {
            case .session, .started: continue
            case .variable, .server, .dialogue: break
            }
            let earlier = table.symbols[name]
            guard earlier.map({ !$0.isSame(as: symbol) }) ?? true else { continue }
            symbols[name] = earlier
            changed.append(name)
        }
        checking.scope.replace(symbols)
        return changed.sorted()
    }

    /// The variables that can be used, in the order of their names.
    public var variables: [Variable] {
        checking.scope.symbols.values.compactMap { symbol in
            switch symbol.meaning {
            case .variable(let variable), .started(let variable, _): variable
            default: nil
            }
        }
        .sorted { $0.name < $1.name }
    }

    /// The profiles that set any parameter, in the order of their names.
    public var profileNames: [String] {
        Set(checking.program.parameters.flatMap(\.profiles.keys)).sorted()
    }

    /// A piece that gives every parameter the value that a profile says, and the parameters' names;
    /// `nil` if no profile is called so.
    public func profile(_ name: String) -> (piece: Piece, parameters: [String])? {
        let chosen = checking.program.parameters.filter { $0.profiles[name] != nil }
        guard let first = chosen.first else { return nil }
        let statements = chosen.compactMap { parameter in
            parameter.profiles[name].map { value in
                CheckedStatement(place: value.place, kind: .bind(parameter.variable, value))
            }
        }
        let piece = Piece(
            program: program(of: statements, in: first.place.source),
            earlierVariables: checking.frame.variableCount,
            secrets: []
        )
        return (piece, chosen.map(\.variable.name))
    }
}

extension Symbol {
    /// Whether both were declared at the same place.
    fileprivate func isSame(as other: Symbol) -> Bool {
        place.source === other.place.source && place.range == other.place.range
    }
}
