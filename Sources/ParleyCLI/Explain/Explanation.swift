/// The story of a reason: written for whoever is woken up by it.
struct Explanation: Sendable {
    /// The reason: `smtp.reply`.
    var name: String
    /// What it is, in a line.
    var title: String
    /// What it means.
    var meaning: String
    /// What usually causes it, most frequent first.
    var causes: [String]
    /// What to do, in order.
    var remedies: [String]
    /// A failure's sentence, as a report shows it.
    var example: String
    /// Where the rule stands.
    var reference: String?

    init(
        _ name: String,
        _ title: String,
        _ meaning: String,
        causes: [String],
        remedies: [String],
        example: String,
        reference: String? = nil
    ) {
        self.name = name
        self.title = title
        self.meaning = meaning
        self.causes = causes
        self.remedies = remedies
        self.example = example
        self.reference = reference
    }
}
