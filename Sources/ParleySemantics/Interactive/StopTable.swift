public import ParleyDiagnostics
import ParleySyntax

/// Where a run can stop, statement by statement, with the names that are known there: what a
/// debugger has to know of a program.
///
/// It is written while the program is checked and only read from then on, which is what makes
/// `@unchecked Sendable` true.
public final class StopTable: @unchecked Sendable {
    /// A place to stop at.
    public struct Stop: Sendable {
        /// The statement.
        public var place: SourcePlace
        /// The `do` statements that led there, outermost first.
        public var calls: [SourcePlace]

        /// The line, from 1.
        public var line: Int { place.source.line(at: place.range.start) }
    }

    /// What the checker knows before a statement.
    struct Known {
        var symbols: [String: Symbol]
        var frame: Frame
        var flow: Flow
    }

    /// The places, by the numbers that the program's code has for them.
    public private(set) var stops: [Stop] = []
    private(set) var known: [Known] = []
    /// The program, whose servers can be started at a stop.
    var program: CheckedProgram?

    /// An empty table, to be filled by a check.
    public init() {}

    /// Notes a statement before it is checked; its number.
    func note(_ statement: Statement, in checking: Checking) -> Int {
        stops.append(
            Stop(place: checking.place(statement.range), calls: checking.calls.map(\.place))
        )
        known.append(
            Known(
                symbols: checking.scope.visibleSymbols,
                frame: checking.frame,
                flow: checking.flow
            )
        )
        return stops.count - 1
    }

    /// The line with a statement that is nearest behind `line` of a file; `nil` if there is none.
    ///
    /// - Parameter file: the file as a person names it: its end is enough.
    public func line(nearest line: Int, in file: String) -> Int? {
        stops.filter { Self.isNamed(file, $0.place.source.name) && $0.line >= line }
            .map(\.line).min()
    }

    /// Whether a file's name ends with what a person called it.
    public static func isNamed(_ file: String, _ name: String) -> Bool {
        name == file || name.hasSuffix("/" + file) || file.hasSuffix("/" + name)
    }
}

extension Scope {
    /// Every symbol that can be seen from here; the inner one of a name.
    fileprivate var visibleSymbols: [String: Symbol] {
        (parent?.visibleSymbols ?? [:]).merging(symbols) { _, inner in inner }
    }
}
