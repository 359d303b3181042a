import ParleyDiagnostics
import ParleySyntax

/// Counts the names that are bound, so that each has its time. Not the surveyor itself, which
/// holds scopes.
final class BindingClock {
    private(set) var time = 0

    func tick() -> Int {
        time += 1
        return time
    }
}

/// Names that live as long as a block.
final class Scope {
    let parent: Scope?
    private(set) var symbols: [String: Symbol] = [:]
    /// When each name was bound, for an editor.
    private(set) var history: [(time: Int, symbol: Symbol)] = []
    private let clock: BindingClock?

    /// A scope in another, or of a file.
    ///
    /// - Parameter clock: counts the names that are bound here and further inside.
    init(parent: Scope?, clock: BindingClock? = nil) {
        self.parent = parent
        self.clock = clock ?? parent?.clock
    }

    /// The symbol of that name here or around.
    func find(_ name: String) -> Symbol? {
        var scope: Scope? = self
        while let current = scope {
            if let symbol = current.symbols[name] { return symbol }
            scope = current.parent
        }
        return nil
    }

    func set(_ symbol: Symbol) {
        symbols[symbol.name] = symbol
        if let clock { history.append((clock.tick(), symbol)) }
    }

    /// Puts other symbols in place of all.
    func replace(_ symbols: [String: Symbol]) {
        self.symbols = symbols
    }

    /// Every name that can be seen from here.
    var visibleNames: [String] {
        Array(symbols.keys) + (parent?.visibleNames ?? [])
    }
}

/// A name and what it stands for.
struct Symbol {
    enum Meaning {
        case variable(Variable)
        /// A session of the frame, by number.
        case session(Int)
        case server(ServerUnit)
        /// A server that runs; the variable holds its handle.
        case started(Variable, ServerUnit)
        case dialogue(DialogueUnit)
    }

    var name: String
    var place: SourcePlace
    var meaning: Meaning
}

/// A scripted server; its number is known once it is checked.
final class ServerUnit {
    let declaration: ServerDeclaration
    var index: Int?

    init(_ declaration: ServerDeclaration) {
        self.declaration = declaration
    }
}

/// A dialogue, checked anew wherever it is done.
final class DialogueUnit {
    let name: String
    let parameters: [DialogueParameter]
    let body: Block
    let source: SourceText
    /// The names of its file.
    let scope: Scope
    var isDone = false

    init(
        name: String,
        parameters: [DialogueParameter],
        body: Block,
        source: SourceText,
        scope: Scope
    ) {
        self.name = name
        self.parameters = parameters
        self.body = body
        self.source = source
        self.scope = scope
    }
}

/// A file that has been read, with the names it gives to those who use it.
final class FileUnit {
    let scope: Scope
    /// Its own names; those it uses are not handed on.
    var exports: [Symbol] = []

    init(scope: Scope) {
        self.scope = scope
    }
}
