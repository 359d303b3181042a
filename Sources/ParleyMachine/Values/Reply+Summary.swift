import ParleyVerbs
import ParleyWire

extension Reply {
    /// The reply in a line: `550 5.1.1 User unknown`; further lines follow a ` / `. Of IMAP what
    /// the command came to: `NO [NONEXISTENT] No such mailbox`.
    var summary: String {
        if let statusText {
            return Value.cut(statusText.isEmpty ? verdict : "\(verdict) \(statusText)", 300)
        }
        var text = ""
        for line in lines.prefix(4) where !line.isEmpty {
            text += text.isEmpty ? " " : " / "
            text += line
        }
        if lineCount > 4 { text += " / …" }
        return Value.cut("\(code)\(text)", 300)
    }
}
