import ParleyDiagnostics
import ParleyEngine
import ParleySyntax

extension SavedScript {
    private static let labels = ["one", "two", "three", "four", "five", "six"]

    /// Where a statement speaks on another session than the one opened last, it says on which.
    mutating func labelSessions() {
        var latest: Int?
        var unnamed: [Int] = []
        for index in statements.indices where statements[index].isKept {
            let statement = statements[index]
            if statement.entry.verb == "connect" {
                latest = statement.entry.slot
            } else if let slot = statement.entry.slot, slot != latest,
                statement.statement.label == nil, !statement.isAtTop, statement.speaksOnSession
            {
                unnamed.append(index)
            }
        }
        for index in unnamed {
            guard let opener = opener(of: index) else { continue }
            let label = label(of: opener)
            let start = statements[index].statement.range.start
            statements[index].insert("\(label): ", at: start)
        }
    }

    /// The statement that opened the session on which another one speaks.
    private func opener(of index: Int) -> Int? {
        let slot = statements[index].entry.slot
        return statements[..<index].lastIndex { statement in
            statement.isKept && statement.entry.verb == "connect" && statement.entry.slot == slot
        }
    }

    /// The label of a session, which gets one if it has none.
    private mutating func label(of opener: Int) -> String {
        if let label = statements[opener].sessionLabel { return label }
        let number = statements[...opener].count { $0.isKept && $0.entry.verb == "connect" }
        let wanted = number <= Self.labels.count ? Self.labels[number - 1] : "s\(number)"
        let label = fresh(wanted)
        statements[opener].sessionLabel = label
        let tail = statements[opener].verb?.tail
        let place = tail?.arrow?.range.start ?? statements[opener].endOfDemand
        statements[opener].insert(" as \(label) ", at: place)
        return label
    }
}
