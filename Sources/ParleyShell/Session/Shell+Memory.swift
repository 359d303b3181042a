import ParleyEngine

extension Shell {
    /// Whether an input may be kept for later conversations: one that carries a secret, or looks as
    /// if it did, is not.
    ///
    /// What a loaded secret makes of itself counts, too; the redactor knows all of its spellings.
    public func mayRemember(_ input: String) -> Bool {
        !carriesSecret(input) && live.scrub(input) == input && !LoginText.stands(in: input)
    }
}
