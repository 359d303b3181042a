import Foundation
import ParleyDiagnostics
import ParleySyntax
import Testing

/// Parses a script and checks what must hold of every tree: all octets are in tokens, once and in
/// order, and every node lies within its parent.
@discardableResult
func assertParse(
    _ source: SourceText,
    sourceLocation: SourceLocation = #_sourceLocation
) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
    let (tree, diagnostics) = Parser.parse(source)
    var offset = 0
    for token in tree.tokens {
        if token.range.start != offset || token.range.end <= offset {
            Issue.record(
                "token \(token) does not begin at \(offset) in \(source.name)",
                sourceLocation: sourceLocation
            )
            return (tree, diagnostics)
        }
        offset = token.range.end
    }
    #expect(offset == source.bytes.count, "\(source.name)", sourceLocation: sourceLocation)
    for statement in tree.statements {
        checkNesting(
            statement,
            within: SourceRange(0, source.bytes.count),
            tree,
            sourceLocation
        )
    }
    for diagnostic in diagnostics {
        let range = diagnostic.primary.place.range
        #expect(
            range.start >= 0 && range.start <= range.end && range.end <= source.bytes.count,
            "\(diagnostic.code) lies outside of \(source.name)",
            sourceLocation: sourceLocation
        )
    }
    return (tree, diagnostics)
}

/// Checks that a value's ranges lie within those of what holds it.
private func checkNesting(
    _ value: Any,
    within outer: SourceRange,
    _ tree: SyntaxTree,
    _ sourceLocation: SourceLocation
) {
    var own = outer
    let mirror = Mirror(reflecting: value)
    for child in mirror.children where child.label == "range" {
        guard let range = child.value as? SourceRange else { continue }
        if range.start < outer.start || range.end > outer.end || range.start > range.end {
            Issue.record(
                """
                \(type(of: value)) at \(range) is not within \(outer): \
                ‘\(tree.source.text(range))’ in \(tree.source.name)
                """,
                sourceLocation: sourceLocation
            )
        }
        own = range
    }
    if let statement = value as? Statement {
        let tokens = tree.tokens[statement.tokens]
        #expect(tokens.first?.range.start == own.start, sourceLocation: sourceLocation)
        #expect(tokens.last?.range.end == own.end, sourceLocation: sourceLocation)
    }
    for child in mirror.children where !(child.value is SourceRange) {
        checkNesting(child.value, within: own, tree, sourceLocation)
    }
}

/// The folder of the fixtures.
let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

/// The scripts in a folder of the fixtures, by name.
func scripts(in folder: String) -> [String] {
    let path = fixtures.appendingPathComponent(folder).path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".parley") }.sorted()
}

/// A script of the fixtures.
func script(_ name: String, in folder: String) throws -> SourceText {
    let url = fixtures.appendingPathComponent(folder).appendingPathComponent(name)
    return SourceText(name: name, bytes: Array(try Data(contentsOf: url)))
}
