import ArgumentParser
import ParleyDiagnostics

/// `parley explain`: the whole story of a reason or a code.
struct ExplainCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell the story of a reason or a code.",
        discussion: """
            Every verdict that is not a pass carries a dotted reason (smtp.reply), every complaint \
            about a script a code (script.name.unknown, lint.verify-none). Without an argument all \
            of them are listed.
            """
    )

    @Argument(help: "A reason or a code: smtp.reply, tls.certificate.expired.")
    var reason: String?

    mutating func execute() throws -> Int32 {
        let settings = TerminalSettings(of: .output, color: .auto)
        let page = ExplanationPage(settings: settings)
        guard let reason else {
            StandardStream.output.write(page.index())
            return ExitStatus.success
        }
        if let text = page.text(for: reason) {
            StandardStream.output.write(text)
            return ExitStatus.success
        }
        let below = Explanations.names.filter { $0.hasPrefix(reason + ".") }
        if !below.isEmpty {
            StandardStream.output.write(page.index(of: below))
            return ExitStatus.success
        }
        throw ToolFailure.unknown(reason, "reason or code", among: Explanations.names)
    }
}
