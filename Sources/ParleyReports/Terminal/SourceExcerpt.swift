import ParleyDiagnostics
import ParleyMachine

/// The source line of a finding, with the values below the places they belong to:
///
/// ```
///   ┌ tests/submission.parley:17:12
/// 17│     expect offers SIZE >= 20MB
///   │            │      │    │
///   │            │      │    20971520
///   │            │      10240000
///   │            false
/// ```
struct SourceExcerpt {
    let finding: Finding
    let canvas: TextCanvas

    private static let valueLimit = 12
    private static let lineLimit = 6

    var lines: [String] {
        let source = finding.place.source
        let start = finding.place.range.start
        var numbers: Set<Int> = [source.line(at: start)]
        for value in finding.values.prefix(Self.valueLimit) {
            numbers.insert(source.line(at: value.anchor))
        }
        let shown = numbers.sorted().prefix(Self.lineLimit)
        let gutter = max(2, "\(shown.last ?? 1)".utf8.count)
        let edge = String(repeating: " ", count: gutter)
        var lines = [canvas.ink("\(edge)┌ \(canvas.safe(finding.place.description))", .dim)]
        for number in shown {
            lines += self.lines(number, of: source, gutter: gutter)
        }
        return lines
    }

    private func lines(_ number: Int, of source: SourceText, gutter: Int) -> [String] {
        let octets = source.lineBytes(number)
        let line = SourceLine(octets, hidden: source.hiddenRanges, canvas: canvas)
        let edge = canvas.ink(String(repeating: " ", count: gutter) + "│", .dim)
        let label = String(repeating: " ", count: gutter - "\(number)".utf8.count) + "\(number)│"
        let room = max(20, canvas.style.columns - gutter - 2)

        let values = finding.values.prefix(Self.valueLimit).filter {
            source.line(at: $0.anchor) == number
        }
        var columns: [Int: [String]] = [:]
        for value in values {
            let column = line.column(of: value.anchor - octets.startIndex)
            columns[column, default: []].append(value.text)
        }
        let place = finding.place.range
        let isStart = source.line(at: place.start) == number
        let first = columns.keys.min() ?? line.column(of: place.start - octets.startIndex)
        // A line that is too long loses its beginning, unless the place would go with it.
        let skipped = line.width > room && first > room / 2 ? first - room / 4 : 0

        var lines = [
            canvas.ink(label, .dim) + trimmed(" " + line.text(from: skipped, columns: room))
        ]
        if columns.isEmpty {
            guard isStart else { return lines }
            let end = line.column(of: min(place.end, octets.endIndex) - octets.startIndex)
            let left = first - skipped
            let length = max(1, min(end - first, room - left))
            let mark = String(repeating: "^", count: length)
            lines.append(edge + indent(left + 1) + canvas.ink(mark, .bad))
            return lines
        }
        let places = columns.keys.sorted().map { $0 - skipped }
        lines.append(edge + bars(places))
        for place in places.reversed() {
            for text in columns[place + skipped] ?? [] {
                let left = places.filter { $0 < place }
                let width = max(12, canvas.style.columns - gutter - 2 - place)
                let value = canvas.cut(canvas.safe(text), to: width)
                lines.append(edge + bars(left, upTo: place) + canvas.ink(value, .note))
            }
        }
        return lines
    }

    /// A bar below each place, and spaces up to the column of the value.
    private func bars(_ places: [Int], upTo end: Int? = nil) -> String {
        var text = " "
        var column = 0
        for place in places {
            text += indent(place - column) + canvas.ink("│", .dim)
            column = place + 1
        }
        if let end { text += indent(end - column) }
        return text
    }

    private func indent(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    private func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
