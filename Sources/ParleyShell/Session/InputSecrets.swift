import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

/// Finds what must not be kept of an input: passwords that were typed as words.
enum InputSecrets {
    /// The octets of an input that hold a secret; none if there is none.
    ///
    /// - Parameter answersLogin: whether a line that is sent answers a challenge.
    static func ranges(in input: String, answersLogin: Bool = false) -> [SourceRange] {
        ranges(in: SourceText(name: "", input + "\n"), answersLogin: answersLogin)
    }

    /// The octets of a text that hold a secret.
    static func ranges(in source: SourceText, answersLogin: Bool = false) -> [SourceRange] {
        let tree = Parser.parse(source, separatesAtSemicolons: true).tree
        return ranges(in: tree.statements, answersLogin)
    }

    /// What no excerpt of a refused input shows: its secrets, or all behind the first word where
    /// nothing tells which of the others is one.
    ///
    /// - Parameter ranges: its secrets.
    static func hidden(in source: SourceText, besides ranges: [SourceRange]) -> [SourceRange] {
        let lines = source.text(SourceRange(0, source.bytes.count))
        guard ranges.isEmpty, LoginText.stands(in: lines) else { return ranges }
        let start = source.bytes.firstIndex(of: 0x20).map { $0 + 1 } ?? 0
        return [SourceRange(start, source.bytes.count)]
    }

    /// The input as it may be listed: with marks, and no more than its first word where nothing
    /// tells which of the others is a secret.
    static func listed(_ input: String, answersLogin: Bool) -> String {
        let masked = masked(input, answersLogin: answersLogin)
        guard masked == input, LoginText.stands(in: input) else { return masked }
        return "\(input.prefix { $0 != " " }) \(SourceText.mark)"
    }

    /// The input with a mark in place of each secret.
    static func masked(_ input: String, answersLogin: Bool = false) -> String {
        let ranges = ranges(in: input, answersLogin: answersLogin)
        guard !ranges.isEmpty else { return input }
        var octets = Array(input.utf8)
        for range in ranges.sorted(by: { $0.start > $1.start }) {
            guard range.start < range.end, range.end <= octets.count else { continue }
            octets.replaceSubrange(range.start..<range.end, with: SourceText.mark.utf8)
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static func ranges(
        in statements: [Statement],
        _ answersLogin: Bool
    ) -> [SourceRange] {
        statements.flatMap { statement -> [SourceRange] in
            guard case .verb(let verb) = statement.kind else {
                return statement.blocks.flatMap { ranges(in: $0.statements, answersLogin) }
            }
            return WrittenSecrets.ranges(
                in: verb,
                registry: Protocols.registry,
                answersLogin: answersLogin
            )
        }
    }
}
