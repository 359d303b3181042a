/// What comes from a terminal, as characters: UTF-8 decoded, pasted text told from keys.
///
/// Terminals put `ESC [ 200 ~` and `ESC [ 201 ~` around what is pasted. Of that, only text, tabs
/// and line ends come through: a page must not press keys.
struct KeyInput {
    enum Next: Equatable {
        /// A character.
        case scalar(Unicode.Scalar)
        /// Nothing is there.
        case nothing
        /// What is there may be the beginning of something longer.
        case undecided
    }

    private static let pasteBegins = Array("\u{1B}[200~".utf8)
    private static let pasteEnds = Array("\u{1B}[201~".utf8)

    private var octets: [UInt8] = []
    private var at = 0
    /// Whether a paste has begun and not ended.
    private(set) var isPasting = false
    /// A line feed behind a carriage return belongs to it.
    private var skipsFeed = false

    /// Whether the latest character was pasted.
    private(set) var isPasted = false

    /// Whether something other than tabs came together with what was read: nobody types that fast.
    var isBurst: Bool { octets[at...].contains { $0 != 0x09 } }

    mutating func append(_ new: some Sequence<UInt8>) {
        if at > 0 {
            octets.removeFirst(at)
            at = 0
        }
        octets += new
    }

    /// The next character.
    ///
    /// - Parameter isLast: whether no more octets come soon: what is undecided is taken as it is.
    mutating func next(isLast: Bool = false) -> Next {
        while at < octets.count {
            let octet = octets[at]
            if octet == 0x1B {
                let rest = octets[at...]
                let mark = isPasting ? Self.pasteEnds : Self.pasteBegins
                if rest.starts(with: mark) {
                    at += mark.count
                    isPasting.toggle()
                    skipsFeed = false
                    continue
                }
                if !isLast, mark.starts(with: rest) { return .undecided }
            }
            guard let (scalar, length) = decoded(isLast: isLast) else { return .undecided }
            at += length
            isPasted = isPasting
            if isPasting {
                let followsReturn = skipsFeed
                skipsFeed = scalar == "\r"
                if scalar == "\r" { return .scalar("\n") }
                if scalar == "\n", followsReturn { continue }
                let isControl = scalar.properties.generalCategory == .control
                if isControl, scalar != "\n", scalar != "\t" { continue }
            }
            return .scalar(scalar)
        }
        return .nothing
    }

    /// Passes over the rest of a key's sequence (`[ A`) behind ESC.
    mutating func skipSequence() {
        guard at < octets.count, octets[at] == 0x5B || octets[at] == 0x4F else { return }
        at += 1
        while at < octets.count {
            at += 1
            if (0x40...0x7E).contains(octets[at - 1]) { return }
        }
    }

    /// The character at the beginning and its length in octets; `nil` if it is not whole.
    private func decoded(isLast: Bool) -> (Unicode.Scalar, Int)? {
        let first = octets[at]
        let length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1
        let part = octets[at..<min(at + length, octets.count)]
        if part.count < length, !isLast,
            part.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 })
        {
            return nil
        }
        var decoder = UTF8()
        var iterator = part.makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else {
            return ("\u{FFFD}", 1)
        }
        return (scalar, length)
    }
}
