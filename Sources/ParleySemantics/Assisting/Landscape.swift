import ParleyDiagnostics
import ParleySyntax

/// What every place of a script sees: noted once while the script is checked, and looked up for as
/// many places as are asked for.
struct Landscape: Sendable {
    /// A point of the check that a place can be at.
    enum Spot: Hashable {
        /// Before the statement that begins there.
        case before(Int)
        /// Behind it.
        case behind(Int)
        /// At the beginning of the block that begins there.
        case inside(Int)
        /// At the top of the file: all its names are known, and no session.
        case declared
    }

    /// What was known at a spot.
    struct Point {
        /// The number of the innermost scope.
        var scope: Int
        /// How many names had been bound, in all scopes.
        var time: Int
        /// The sessions of the test so far.
        var sessions: Range<Int>
        /// Those that could be spoken on, the newest of them if they are many.
        var open: [Int]
        /// The session that a bare verb speaks on.
        var current: Int?
    }

    /// The names that were bound in a scope.
    struct Names {
        /// The number of the scope around.
        var parent: Int?
        /// When each was bound, in order.
        var bound: [(time: Int, name: Surroundings.Name)]
    }

    var points: [Spot: Point] = [:]
    var scopes: [Names] = []
    /// The sessions of all tests; whether one is open is the points' to say.
    var sessions: [Surroundings.Session] = []

    /// What a place sees; `nil` if the check has passed no spot around it.
    func surroundings(at offset: Int, in tree: SyntaxTree) -> Surroundings? {
        for spot in Self.spots(at: offset, in: tree).reversed() {
            if let point = points[spot] { return surroundings(point) }
        }
        return nil
    }

    /// The spots around a place, outermost first.
    private static func spots(at offset: Int, in tree: SyntaxTree) -> [Spot] {
        var spots = [Spot.declared]
        var list = tree.statements
        while let last = list.last(where: { $0.range.start <= offset }) {
            guard let inner = last.block(at: offset, in: tree) else {
                let isBehind = last.range.end < offset
                spots.append(isBehind ? .behind(last.range.start) : .before(last.range.start))
                break
            }
            spots += [.before(last.range.start), .inside(inner.range.start)]
            list = inner.statements
        }
        return spots
    }

    private func surroundings(_ point: Point) -> Surroundings {
        var surroundings = Surroundings()
        surroundings.sessions = Array(sessions[point.sessions])
        for index in point.open { surroundings.sessions[index].isOpen = true }
        surroundings.current = point.current
        var names: [String: Surroundings.Name] = [:]
        var around: Int? = point.scope
        while let number = around {
            // The newest binding of a scope counts, and an inner scope's before an outer's.
            for (time, name) in scopes[number].bound.reversed()
            where time <= point.time && names[name.name] == nil {
                names[name.name] = name
            }
            around = scopes[number].parent
        }
        surroundings.names = names.values.sorted { $0.name < $1.name }
        return surroundings
    }
}

extension Statement {
    /// The block that the place stands in; one that was never closed reaches on to the next
    /// statement.
    fileprivate func block(at offset: Int, in tree: SyntaxTree) -> Block? {
        let isClosed =
            tokens.upperBound > 0 && tokens.upperBound <= tree.tokens.count
            && tree.tokens[tokens.upperBound - 1].kind == .blockEnd
        return blocks.last { block in
            // A block that is missing has no braces.
            guard block.range.end > block.range.start, block.range.start < offset else {
                return false
            }
            if offset < block.range.end { return true }
            return !isClosed && block.range.end >= range.end
        }
    }
}
