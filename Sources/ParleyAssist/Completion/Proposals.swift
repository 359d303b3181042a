public import ParleyDiagnostics

/// The ways to go on at a place of a script.
public struct Proposals: Sendable {
    /// What one of them replaces: the word that the cursor stands in, up to the cursor.
    public var range: SourceRange
    /// The ways, in the order in which they are shown.
    public var list: [Proposal] = []
    /// A file is meant: the path as far as it is typed. Who asks knows the files.
    public var file: String?
    /// What is typed of the word.
    let typed: String
    /// The texts that are there: a large script has thousands of names.
    private var texts: Set<String> = []

    init(_ range: SourceRange, typed: String) {
        self.range = range
        self.typed = typed
    }

    /// Adds a way, if it begins with what is typed and is not there yet.
    mutating func add(_ proposal: Proposal) {
        guard Self.begins(proposal.text, with: typed), texts.insert(proposal.text).inserted
        else { return }
        list.append(proposal)
    }

    /// Adds words of one role.
    mutating func add(_ words: some Sequence<String>, _ role: Proposal.Role, help: String = "") {
        for word in words { add(Proposal(word, role, help: help)) }
    }

    /// What would work before what would not.
    mutating func sortObstacles() {
        list = list.filter { $0.obstacle.isEmpty } + list.filter { !$0.obstacle.isEmpty }
    }

    /// Whether a text begins so, whatever the case.
    static func begins(_ text: String, with typed: String) -> Bool {
        let (text, typed) = (text.utf8, typed.utf8)
        guard text.count >= typed.count else { return false }
        return zip(text, typed).allSatisfy { lowercase($0) == lowercase($1) }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        0x41...0x5A ~= byte ? byte + 0x20 : byte
    }
}
