/// How far a conversation of `parley smtp` goes: the words of `--quit-after`.
enum SMTPStage: String, CaseIterable, Comparable {
    case connect = "CONNECT"
    case ehlo = "EHLO"
    case starttls = "STARTTLS"
    case auth = "AUTH"
    case mail = "MAIL"
    case rcpt = "RCPT"

    /// Also the names under which it is known elsewhere.
    static func named(_ word: String) throws -> SMTPStage {
        let name = word.uppercased()
        let others: [String: SMTPStage] = [
            "BANNER": .connect, "HELO": .ehlo, "LHLO": .ehlo, "TLS": .starttls,
        ]
        if let stage = SMTPStage(rawValue: name) ?? others[name] { return stage }
        throw ToolFailure.unknown(
            word,
            "stage of --quit-after",
            among: SMTPStage.allCases.map(\.rawValue)
        )
    }

    static func < (left: SMTPStage, right: SMTPStage) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
