import ParleyMachine

extension Redactor {
    /// The finding without any form of any secret.
    func scrub(_ finding: Finding) -> Finding {
        var clean = finding
        clean.message = scrub(finding.message)
        clean.nearest = finding.nearest.map { scrub($0) }
        clean.help = finding.help.map { scrub($0) }
        clean.notes = finding.notes.map { scrub($0) }
        clean.steps = finding.steps.map { scrub($0) }
        clean.values = finding.values.map {
            ShownValue(anchor: $0.anchor, text: scrub($0.text))
        }
        return clean
    }
}
