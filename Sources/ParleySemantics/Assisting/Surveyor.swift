import ParleyDiagnostics
import ParleySyntax

/// Takes down, while a script is checked, what each of its statements sees.
///
/// Names are kept with the time at which they were bound, and sessions once, so that a large
/// script's landscape is no larger than the script.
final class Surveyor {
    private let source: SourceText
    private var points: [Landscape.Spot: Point] = [:]
    private var sessions: [Surroundings.Session] = []
    /// The frame whose sessions were taken down last, and where they begin.
    private var frame: FrameMark?
    private var base = 0
    private var open: [Int] = []
    /// Counts the names that are bound.
    let clock = BindingClock()

    /// How many sessions are known to be open at a place; a script that opens more is no script.
    private static let maximumOpen = 64

    private struct Point {
        var scope: Scope
        var seen: Landscape.Point
    }

    /// Looks at what happens in `source`, and at no other file.
    init(_ source: SourceText) {
        self.source = source
    }

    /// Takes down what is known at a spot. A dialogue is checked for each of its calls; what the
    /// first one sees serves.
    func look(_ spot: Landscape.Spot, _ checking: Checking) {
        guard checking.source === source, points[spot] == nil else { return }
        let infos = checking.frame.sessions
        if frame !== checking.frame.mark {
            frame = checking.frame.mark
            base = sessions.count
        }
        while sessions.count - base < infos.count {
            let info = infos[sessions.count - base]
            sessions.append(
                Surroundings.Session(label: info.slot.label, spec: info.spec, isOpen: false)
            )
        }
        let flow = checking.flow
        let open = flow.open.suffix(Self.maximumOpen).filter { infos[$0].fiber == flow.fiber }
        // Most statements open nothing: they share one list.
        if open != self.open { self.open = open }
        points[spot] = Point(
            scope: checking.scope,
            seen: Landscape.Point(
                scope: 0,
                time: clock.time,
                sessions: base..<base + infos.count,
                open: self.open,
                current: flow.current
            )
        )
    }

    /// All that was taken down.
    var landscape: Landscape {
        var landscape = Landscape()
        landscape.sessions = sessions
        var numbers: [ObjectIdentifier: Int] = [:]
        func number(_ scope: Scope) -> Int {
            if let number = numbers[ObjectIdentifier(scope)] { return number }
            let parent = scope.parent.map(number)
            let number = landscape.scopes.count
            numbers[ObjectIdentifier(scope)] = number
            let bound = scope.history.map { time, symbol in
                let meaning = symbol.meaning.described
                let name = Surroundings.Name(
                    name: symbol.name,
                    meaning: meaning,
                    place: symbol.place
                )
                return (time, name)
            }
            landscape.scopes.append(Landscape.Names(parent: parent, bound: bound))
            return number
        }
        for (spot, point) in points {
            var seen = point.seen
            seen.scope = number(point.scope)
            landscape.points[spot] = seen
        }
        return landscape
    }
}
