import ParleyShell

extension ShellConfiguration {
    /// Lets the shell explain reasons and codes as `parley explain` does.
    mutating func explain(on settings: TerminalSettings) {
        let page = ExplanationPage(settings: settings)
        explain = { name in
            page.text(for: name).map { text in
                text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
            }
        }
        explained = Explanations.reasons.map { ($0.name, $0.title) } + Explanations.codes
    }
}
