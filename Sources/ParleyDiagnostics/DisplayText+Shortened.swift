extension DisplayText {
    /// The text with the middle left out of every word that is longer than a line: nobody reads
    /// such a word, and what stands behind it matters.
    public static func shortened(_ text: String) -> String {
        let (longest, head, tail) = (160, 80, 40)
        guard text.utf8.count > longest else { return text }
        return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let scalars = word.unicodeScalars
            guard scalars.count > longest else { return String(word) }
            return String(scalars.prefix(head)) + "…" + String(scalars.suffix(tail))
        }
        .joined(separator: " ")
    }
}
