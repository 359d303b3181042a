import Foundation
import ParleyDiagnostics
import ParleySyntax
import Testing

@Suite struct MutationTests {
    /// What is inserted into scripts to break them.
    static let insertions = [
        "{", "}", "\"", "\"\"\"", "(", ")", "[", "]", "${", "=>", "=", "/", "\\", "\n", "\n\n", " ",
        ",",
        "'", ";", "#", "-", "!", "else", "or", "within", "as", "matching", "test \"x\" {\n", "let ",
        "250", "\u{202E}", "\0", "“", "\u{A0}", ".", "not ", "$", "x y z", "\r", "} else {\n",
        "if x {\n",
        "\t",
    ]

    /// How many mutants of each script a run tries; set PARLEY_MUTANTS for a longer search.
    static let count = Int(ProcessInfo.processInfo.environment["PARLEY_MUTANTS"] ?? "") ?? 12

    @Test(arguments: scripts(in: "valid"))
    func `a script with a token lost, doubled or inserted still has a whole tree`(
        _ name: String
    ) throws {
        let source = try script(name, in: "valid")
        let tokens = Parser.parse(source).tree.tokens
        guard !tokens.isEmpty else { return }
        var random = SplitMix(
            seed: UInt64(truncatingIfNeeded: name.utf8.reduce(7) { $0 &* 31 &+ Int($1) })
        )
        for number in 0..<Self.count {
            let token = tokens[Int(random.next() % UInt64(tokens.count))].range
            let insertion = Self.insertions[Int(random.next() % UInt64(Self.insertions.count))]
            var bytes = source.bytes
            switch random.next() % 4 {
            case 0: bytes.removeSubrange(token.start..<token.end)
            case 1: bytes.insert(contentsOf: bytes[token.start..<token.end], at: token.end)
            case 2: bytes.insert(contentsOf: insertion.utf8, at: token.start)
            default: bytes.replaceSubrange(token.start..<token.end, with: insertion.utf8)
            }
            let mutant = SourceText(name: "\(name) #\(number)", bytes: bytes)
            assertParse(mutant)
            assertFormat(mutant)
        }
    }

    @Test func `every prefix of a script has a whole tree`() throws {
        for name in ["tour-greylist.parley", "message.parley"] {
            let source = try script(name, in: "valid")
            for length in stride(from: 0, to: source.bytes.count, by: 3) {
                assertParse(SourceText(name: name, bytes: Array(source.bytes.prefix(length))))
            }
        }
    }

    @Test func `octets in any order have a whole tree`() {
        var random = SplitMix(seed: 42)
        let words = Self.insertions + Keywords.statements.map(\.word) + ["\n", " ", "\n", " ", " "]
        for _ in 0..<60 {
            var bytes: [UInt8] = []
            for _ in 0..<40 {
                let choice = random.next()
                if choice % 8 == 0 {
                    bytes.append(UInt8(truncatingIfNeeded: choice >> 8))
                } else {
                    bytes += words[Int((choice >> 8) % UInt64(words.count))].utf8
                    bytes.append(0x20)
                }
            }
            assertParse(SourceText(name: "noise", bytes: bytes))
        }
    }
}

/// A small generator of numbers, the same on every machine (SplitMix64).
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
