import CEditline

/// Where libedit puts a character: the same rules, so that what shows above the line knows how many
/// rows the line takes.
struct ScreenLayout {
    let columns: Int

    /// Rows and columns from the beginning of the prompt.
    struct Place: Equatable {
        var row = 0
        var column = 0
    }

    /// Where the cursor stands behind the characters.
    func end(of characters: some Sequence<Unicode.Scalar>, from start: Place = Place()) -> Place {
        var place = start
        for character in characters {
            switch character {
            case "\n":
                place = Place(row: place.row + 1)
            case "\t":
                repeat { advance(&place, by: 1) } while place.column % 8 != 0
            default:
                let width = Self.width(of: character)
                if width > 1, place.column + width > columns, character.value >= 0x80 {
                    place = Place(row: place.row + 1)
                }
                for _ in 0..<(Self.isWritten(character) ? width : 0) { advance(&place, by: 1) }
                if !Self.isWritten(character) { advance(&place, by: width) }
            }
        }
        return place
    }

    private func advance(_ place: inout Place, by width: Int) {
        place.column += width
        if place.column >= columns { place = Place(row: place.row + 1) }
    }

    /// Whether it is written out: `^A`, `\U+200B`.
    private static func isWritten(_ character: Unicode.Scalar) -> Bool {
        character.value < 0x20 || character.value == 0x7F
            || parley_is_printable(character.value) == 0
    }

    private static func width(of character: Unicode.Scalar) -> Int {
        guard isWritten(character) else {
            return max(0, Int(parley_width(character.value)))
        }
        return character.value < 0x100 ? 2 : character.value <= 0xFFFF ? 7 : 8
    }
}
