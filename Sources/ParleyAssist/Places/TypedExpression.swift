/// An expression up to the cursor: what may stand next.
struct TypedExpression {
    /// What the cursor's place asks for.
    enum Place: Equatable {
        /// A value: a name, a constant, a function.
        case operand
        /// An operator, or what ends the expression; behind the operand that begins there.
        case behind(operand: Int)
        /// A field of the operand that stands there.
        case member(Range<Int>)
        /// A capability, behind `offers`.
        case capability
        /// An element of the list behind `offers CAP`.
        case offered(String)
        /// A verb, behind `count`.
        case event
        /// The text of a string, perhaps an argument of a function.
        case string(function: String?, start: Int)
        /// Nothing that is known: a number, a pattern, a name that is new.
        case nothing
    }

    private(set) var place = Place.operand
    /// Where the name begins that the cursor stands in.
    private(set) var start: Int
    /// The functions whose parentheses are open, innermost last; how many commas were passed.
    private(set) var calls: [(name: String, argument: Int)] = []
    /// Whether no bracket is open.
    private(set) var isOutermost = true
    /// The first word of each operand and operator at the outermost level, for tails.
    private(set) var outerWords: [String] = []

    private enum Last: Equatable {
        case nothing
        case operand(Int)
        case symbol
        case dot(Range<Int>)
        case word(String)
    }

    private struct Bracket {
        /// Where the operand begins that the bracket is part of.
        var operand: Int
        var call: String?
        var offered: String?
        var commas = 0
    }

    /// Reads `bytes[begin..<end]`; `end` is the cursor.
    init(_ bytes: [UInt8], _ begin: Int, _ end: Int) {
        start = end
        read(bytes, begin, end)
    }

    // One branch per kind of token: longer than a function should be, but a table.
    private mutating func read(_ bytes: [UInt8], _ begin: Int, _ end: Int) {
        var last = Last.nothing
        var brackets: [Bracket] = []
        var index = begin
        var lastName = ""
        var offered: String?
        func finish(_ place: Place, at start: Int) {
            self.place = place
            self.start = start
            calls = brackets.compactMap { bracket in
                bracket.call.map { ($0, bracket.commas) }
            }
            isOutermost = brackets.isEmpty
        }
        func wanted() -> Place {
            switch last {
            case .operand(let operand): .behind(operand: operand)
            case .dot(let operand): .member(operand)
            case .word("offers"): .capability
            case .word("count"): .event
            case .word("matches"), .word("capture"): .nothing
            case .nothing, .symbol, .word:
                brackets.last?.offered.map { .offered($0) } ?? .operand
            }
        }
        while true {
            while index < end, bytes[index] <= 0x20 { index += 1 }
            guard index < end else { return finish(wanted(), at: end) }
            let byte = bytes[index]
            let from = index
            if Self.isNameStart(byte) {
                index = Self.endOfName(bytes, index, end)
                guard index < end else { return finish(wanted(), at: from) }
                let name = String(decoding: bytes[from..<index], as: UTF8.self)
                lastName = name
                if brackets.isEmpty { outerWords.append(name) }
                switch last {
                case .dot(let operand): last = .operand(operand.lowerBound)
                case .word("offers"):
                    offered = name
                    last = .operand(from)
                case .operand where Self.between.contains(name): last = .word(name)
                case .operand(let operand) where name == "dane-ok": last = .operand(operand)
                default:
                    last =
                        ["not", "offers"].contains(name) ? .word(name) : .operand(from)
                }
            } else if (0x30...0x39).contains(byte) {
                while index < end, Self.isNameByte(bytes[index]) || bytes[index] == 0x2E {
                    index += 1
                }
                guard index < end else { return finish(.nothing, at: end) }
                last = .operand(from)
            } else if byte == UInt8(ascii: "\"") {
                guard let close = Self.endOfString(bytes, index, end) else {
                    finish(.nothing, at: end)
                    openString(bytes, from, end)
                    return
                }
                index = close
                last = .operand(from)
            } else if byte == UInt8(ascii: "/"),
                last == .word("matches") || last == .word("capture")
                    || (brackets.last?.call.map { ["split", "replace"].contains($0) } ?? false)
                        && last == .symbol
            {
                index += 1
                while index < end, bytes[index] != UInt8(ascii: "/") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                guard index < end else { return finish(.nothing, at: end) }
                index += 1
                if index < end, bytes[index] == UInt8(ascii: "i") { index += 1 }
                guard index < end else { return finish(.nothing, at: end) }
                last = .operand(from)
            } else if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") {
                let isGlued = from > begin && bytes[from - 1] > 0x20
                var bracket = Bracket(operand: from)
                if case .operand(let operand) = last {
                    if byte == UInt8(ascii: "("), isGlued { bracket.call = lastName }
                    if isGlued { bracket.operand = operand }
                    if byte == UInt8(ascii: "["), !isGlued { bracket.offered = offered }
                }
                brackets.append(bracket)
                last = .symbol
                index += 1
            } else if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") {
                last = .operand(brackets.popLast()?.operand ?? from)
                index += 1
            } else if byte == UInt8(ascii: ","), !brackets.isEmpty {
                brackets[brackets.count - 1].commas += 1
                last = .symbol
                index += 1
            } else if byte == UInt8(ascii: "."), case .operand(let operand) = last {
                last = .dot(operand..<from)
                index += 1
            } else {
                if brackets.isEmpty {
                    outerWords.append(String(decoding: [byte], as: UTF8.self))
                }
                last = .symbol
                index += 1
            }
        }
    }

    /// The cursor stands in a string: in the insertion that is open there, or in its text.
    private mutating func openString(_ bytes: [UInt8], _ quote: Int, _ end: Int) {
        let word = TypedWord.split(bytes, quote, end, keepsLast: false)
        if case .insertion(let inner) = word.ending {
            self = TypedExpression(bytes, inner, end)
        } else {
            place = .string(function: calls.last?.name, start: quote + 1)
            start = quote + 1
        }
    }

    /// Words that stand behind an operand.
    private static let between: Set<String> = [
        "and", "or", "in", "contains", "starts", "ends", "matches", "capture", "default", "covers",
        "same-as", "count", "ignoring", "not", "offers", "parallel", "within", "else", "warn",
        "fail",
    ]

    private static func endOfString(_ bytes: [UInt8], _ quote: Int, _ end: Int) -> Int? {
        var index = quote + 1
        while index < end {
            if bytes[index] == UInt8(ascii: "\"") { return index + 1 }
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    static func isNameStart(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        isNameStart(byte) || (0x30...0x39).contains(byte)
    }

    static func endOfName(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end {
            if isNameByte(bytes[index]) {
                index += 1
            } else if bytes[index] == UInt8(ascii: "-"),
                index + 1 == end || isNameByte(bytes[index + 1])
            {
                index += 1
            } else {
                break
            }
        }
        return index
    }
}
