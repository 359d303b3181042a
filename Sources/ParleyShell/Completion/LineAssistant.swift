/// Helps with a line while it is typed: what it knows is a copy, so it never waits for anything.
public protocol LineAssistant: Sendable {
    /// What may stand at a place of an input.
    ///
    /// - Parameters:
    ///   - input: the input so far, earlier lines of an open block included.
    ///   - offset: the cursor, in octets of UTF-8 from the input's beginning.
    func completion(of input: String, at offset: Int) -> Completion

    /// What the verb or the command under the cursor takes and which reply it expects; `nil` where
    /// nothing helps.
    func hint(for input: String, at offset: Int) -> String?
}

/// What may replace a part of an input.
public struct Completion: Sendable, Equatable {
    /// One way to go on.
    public struct Candidate: Sendable, Equatable {
        /// What stands there then.
        public var text: String
        /// One line for people; empty if it explains itself.
        public var help: String

        /// A candidate.
        public init(_ text: String, help: String = "") {
            self.text = text
            self.help = help
        }
    }

    /// What is replaced, in octets of UTF-8 from the input's beginning.
    public var range: Range<Int>
    /// The ways to go on, in the order in which they are shown.
    public var candidates: [Candidate]
    /// Whether a space follows a candidate that is the only one.
    public var addsSpace: Bool

    /// A completion.
    public init(range: Range<Int>, candidates: [Candidate], addsSpace: Bool = true) {
        self.range = range
        self.candidates = candidates
        self.addsSpace = addsSpace
    }
}
