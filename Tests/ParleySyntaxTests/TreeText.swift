import ParleyDiagnostics
import ParleySyntax

/// A tree as text without its places, so that two trees can be compared.
func treeText(_ tree: SyntaxTree) -> String {
    var text = ""
    for statement in tree.statements { describe(statement, into: &text, depth: 0) }
    return text
}

private func describe(_ value: Any, into text: inout String, depth: Int) {
    switch value {
    case is SourceRange, is Range<Int>:
        return
    case let string as String:
        text += "\"\(string)\""
        return
    default:
        break
    }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
        if let child = mirror.children.first {
            describe(child.value, into: &text, depth: depth)
        } else {
            text += "nil"
        }
        return
    }
    if mirror.children.isEmpty {
        text += "\(value)"
        return
    }
    text += "("
    for child in mirror.children {
        if let label = child.label, !label.hasPrefix(".") { text += label + ":" }
        describe(child.value, into: &text, depth: depth + 1)
        text += " "
    }
    text += ")"
    if depth == 0 { text += "\n" }
}
