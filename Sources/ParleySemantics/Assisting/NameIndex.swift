public import ParleyDiagnostics
import ParleySyntax

/// Every place of a script where a name is bound or used, as the checker resolved it.
public struct NameIndex: Sendable {
    /// One such place.
    public struct Occurrence: Sendable {
        /// Where it stands.
        public var place: SourcePlace
        /// Where the name is bound.
        public var definition: SourcePlace
        /// The name.
        public var name: String
        /// What it stands for.
        public var meaning: Surroundings.Name.Meaning
        /// Whether it is bound here.
        public var isDefinition: Bool
    }

    /// A field that is read: `reply.code`.
    public struct FieldUse: Sendable {
        /// Where the field's name stands.
        public var place: SourcePlace
        /// The field's name.
        public var name: String
        /// Its kind.
        public var kind: Kind
        /// One line on it.
        public var help: String
    }

    /// The occurrences, those of one text in its order.
    public internal(set) var occurrences: [Occurrence] = []
    /// The fields that are read, those of one text in its order.
    public internal(set) var fields: [FieldUse] = []

    /// The occurrence at a place of a text; its end counts, where a cursor stands behind a word.
    public func occurrence(at offset: Int, in source: SourceText) -> Occurrence? {
        occurrences.first { Self.holds($0.place, offset, source) && $0.place.range.end > offset }
            ?? occurrences.first { Self.holds($0.place, offset, source) }
    }

    /// The field at a place of a text.
    public func field(at offset: Int, in source: SourceText) -> FieldUse? {
        fields.first { Self.holds($0.place, offset, source) }
    }

    /// All occurrences of what is bound at `definition`, the binding among them.
    public func occurrences(of definition: SourcePlace) -> [Occurrence] {
        occurrences.filter {
            $0.definition.source === definition.source
                && $0.definition.range == definition.range
        }
    }

    private static func holds(_ place: SourcePlace, _ offset: Int, _ source: SourceText) -> Bool {
        place.source === source && place.range.start <= offset && offset <= place.range.end
    }
}

/// Takes down what a check resolves; a dialogue is checked for each call and noted once.
final class NameNotes {
    private struct Key: Hashable {
        var source: ObjectIdentifier
        var range: SourceRange
    }

    private(set) var index = NameIndex()
    private var seen: Set<Key> = []
    private var seenFields: Set<Key> = []

    func note(_ name: String, _ place: SourcePlace, _ symbol: Symbol) {
        let key = Key(source: ObjectIdentifier(place.source), range: place.range)
        guard place.range.end > place.range.start, seen.insert(key).inserted else { return }
        index.occurrences.append(
            NameIndex.Occurrence(
                place: place,
                definition: symbol.place,
                name: name,
                meaning: symbol.meaning.described,
                isDefinition: symbol.place.source === place.source
                    && symbol.place.range == place.range
            )
        )
    }

    func note(field: Identifier, _ place: SourcePlace, _ kind: Kind, _ help: String) {
        let key = Key(source: ObjectIdentifier(place.source), range: place.range)
        guard seenFields.insert(key).inserted else { return }
        index.fields.append(
            NameIndex.FieldUse(place: place, name: field.text, kind: kind, help: help)
        )
    }

    /// What was noted, in the order of the texts.
    func sorted() -> NameIndex {
        var index = index
        index.occurrences.sort { $0.place.range.start < $1.place.range.start }
        index.fields.sort { $0.place.range.start < $1.place.range.start }
        return index
    }
}

extension Checking {
    /// The symbol that a name at a place stands for.
    func find(_ name: String, at range: SourceRange) -> Symbol? {
        guard let symbol = scope.find(name) else { return nil }
        notes?.note(name, place(range), symbol)
        return symbol
    }

    /// Takes down a name that has just been bound.
    func noteDefinition(of name: Identifier) {
        guard let notes, let symbol = scope.symbols[name.text] else { return }
        notes.note(name.text, place(name.range), symbol)
    }

    func noteField(_ field: Identifier, _ kind: Kind, _ help: String) {
        notes?.note(field: field, place(field.range), kind, help)
    }
}
