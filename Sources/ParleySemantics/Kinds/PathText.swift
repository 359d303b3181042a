import ParleyMail

/// Mail paths as scripts write them: `a@b`, `<a@b>`, `<>`, `postmaster`, `"q s"@b`.
enum PathText {
    /// What is wrong with a literal path; `nil` if nothing is.
    static func problem(_ text: String, allowsNull: Bool) -> String? {
        do throws(AddressError) {
            _ = try Path(text, allowsNull: allowsNull)
            return nil
        } catch {
            return error.message
        }
    }

    /// The path without its brackets.
    static func withoutBrackets(_ text: String) -> String {
        guard text.first == "<", text.last == ">" else { return text }
        return String(text.dropFirst().dropLast())
    }
}
