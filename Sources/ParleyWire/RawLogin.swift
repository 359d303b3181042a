import ParleyVerbs

/// Follows a login that a script or a person sends line by line, and tells which of the octets are
/// secret: what stands behind the mechanism of `AUTH` (RFC 4954 §4) or `AUTHENTICATE` and what
/// answers a challenge, the arguments of IMAP's `LOGIN` (RFC 9051 §6.2.3), the word of POP3's
/// `PASS`.
///
///     C: AUTH LOGIN
///     S: 334 VXNlcm5hbWU6
///     C: dXNlcg==              hidden
///     S: 334 UGFzc3dvcmQ6
///     C: c2VjcmV0cHc=          hidden, and known from now on
///     S: 235 2.7.0 ok
public struct RawLogin: Sendable {
    /// Octets that nobody may show from now on.
    public struct Credential: Sendable, Equatable {
        /// The octets.
        public var octets: [UInt8]
        /// Whether they are an encoding already, which nobody encodes again.
        public var isEncoded: Bool
    }

    /// What of the sent octets must not be shown.
    public struct Secret: Sendable, Equatable {
        /// Where it stands in them.
        public var range: Range<Int>
        /// What may not show in other places either; a user's name may.
        public var credentials: [Credential]
    }

    /// A login whose end has not come.
    private struct Exchange {
        /// In upper case; empty for IMAP's LOGIN with literals.
        var mechanism: String
        /// IMAP's tag, whose return ends it.
        var tag: [UInt8] = []
        /// Whether the next answer is the user's name.
        var asksName = false
        /// The length of the literal that comes next.
        var literal: Int?
    }

    /// What is looked at of a line that is sent in pieces.
    private static let limit = 4096

    private var exchange: Exchange?
    /// A line that was begun.
    private var partial: [UInt8] = []
    /// Whether the server has asked for what may be a password, and nothing has answered it.
    public private(set) var expectsAnswer = false

    /// No login yet.
    public init() {}

    /// Whether a line would hold a secret if it were sent now.
    public func hides(_ line: String) -> Bool {
        var copy = self
        return !copy.sent(Array(line.utf8) + [0x0A]).isEmpty
    }

    /// Octets go out as they are.
    ///
    /// - Returns: what of them is secret, in order.
    public mutating func sent(_ octets: [UInt8]) -> [Secret] {
        let all = partial + octets
        let offset = partial.count
        partial = []
        var secrets: [Secret] = []
        var start = 0
        while start < all.count {
            let feed = all[start...].firstIndex(of: 0x0A)
            var end = feed ?? all.count
            if feed == nil { partial = Array(all[start...].prefix(Self.limit)) }
            if end > start, all[end - 1] == 0x0D { end -= 1 }
            // What is no whole line yet is hidden as if it were one, and looked at again.
            var rest = self
            let found = rest.line(Array(all[start..<end]))
            if feed != nil { self = rest }
            if let found, start + found.from < end, end > offset {
                secrets.append(
                    Secret(
                        range: max(0, start + found.from - offset)..<(end - offset),
                        credentials: found.credentials
                    )
                )
            }
            start = (feed ?? all.count) + 1
        }
        return secrets
    }

    /// The server said this, in whole lines.
    public mutating func received(_ octets: some Collection<UInt8>) {
        guard let running = exchange else { return }
        for line in octets.split(separator: 0x0A) {
            let words = line.split(whereSeparator: { $0 == 0x20 || $0 == 0x0D })
            let first = words.first.map { Array($0) } ?? []
            if first == Array("334".utf8) || first == [0x2B] {
                expectsAnswer = true
                exchange?.asksName = running.asksName && !Self.asksPassword(words.dropFirst().first)
            } else if Self.isFinal(first) || !first.isEmpty && first == running.tag {
                exchange = nil
            }
        }
    }

    // MARK: - Lines

    private typealias Found = (from: Int, credentials: [Credential])

    /// What of a whole line is secret: where it begins, up to the end.
    private mutating func line(_ line: [UInt8]) -> Found? {
        if exchange?.literal != nil { return literal(line) }
        let isAnswer = expectsAnswer
        if isAnswer || exchange != nil {
            expectsAnswer = false
            guard line != [0x2A] else { return nil }
            let asksName = exchange?.asksName ?? false
            if isAnswer || !Self.isCommand(line) {
                exchange?.asksName = false
                let learns = !asksName && (isAnswer && exchange != nil || !Self.isCommand(line))
                return (0, learns ? Self.credentials(line) : [])
            }
            exchange = nil
        }
        return command(line)
    }

    private mutating func command(_ line: [UInt8]) -> Found? {
        let words = Self.words(line)
        guard words.count > 1 else { return nil }
        let names = words.prefix(2).map { Self.uppercased(line[$0]) }
        if names[0] == "PASS" {
            let word = Array(line[words[1].lowerBound...])
            return (words[1].lowerBound, [Credential(octets: word, isEncoded: false)])
        }
        if names[0] == "AUTH" { return mechanism(line, words.dropFirst(), tag: []) }
        let tag = Array(line[words[0]])
        guard words.count > 2 else { return nil }
        switch names[1] {
        case "AUTHENTICATE": return mechanism(line, words.dropFirst(2), tag: tag)
        case "LOGIN": return login(line, from: words[2].lowerBound, tag)
        default: return nil
        }
    }

    /// `PLAIN [initial-response]`
    private mutating func mechanism(
        _ line: [UInt8],
        _ words: ArraySlice<Range<Int>>,
        tag: [UInt8]
    ) -> Found? {
        guard let first = words.first else { return nil }
        let name = Self.uppercased(line[first])
        exchange = Exchange(mechanism: name, tag: tag, asksName: name == "LOGIN")
        guard let initial = words.dropFirst().first else { return nil }
        let response = Array(line[initial.lowerBound...])
        // RFC 4954 §4: an empty response, which gives nothing away.
        guard response != [0x3D] else { return nil }
        exchange?.asksName = false
        return (initial.lowerBound, name == "LOGIN" ? [] : Self.credentials(response))
    }

    /// `LOGIN user password`, as atoms, quoted strings or literals.
    private mutating func login(_ line: [UInt8], from start: Int, _ tag: [UInt8]) -> Found? {
        exchange = Exchange(mechanism: "", tag: tag)
        if let length = Self.literalLength(line) {
            let asksName = Self.words(Array(line[start...])).count < 2
            exchange?.literal = length
            exchange?.asksName = asksName
            return asksName ? nil : (start, [])
        }
        let user = Self.string(line[start...])
        let rest = line[user.end...].drop { $0 == 0x20 }
        exchange = nil
        guard !rest.isEmpty else { return (start, []) }
        let password = Self.string(rest)
        // Without its quotes, which stand around the password elsewhere too.
        let isQuoted = rest.first == 0x22 && rest.count > 1 && rest.last == 0x22
        let written = isQuoted ? rest.dropFirst().dropLast() : rest
        let whole = Credential(octets: Array(written), isEncoded: false)
        let part = Credential(octets: password.octets, isEncoded: false)
        return (start, part == whole ? [whole] : [part, whole])
    }

    /// The content of a literal, and what follows it on its line.
    private mutating func literal(_ line: [UInt8]) -> Found? {
        guard let length = exchange?.literal, let asksName = exchange?.asksName else { return nil }
        expectsAnswer = false
        let content = Array(line.prefix(length))
        let rest = Array(line.dropFirst(length).drop { $0 == 0x20 })
        exchange?.asksName = false
        exchange?.literal = Self.literalLength(rest)
        guard asksName else { return (0, [Credential(octets: content, isEncoded: false)]) }
        guard !rest.isEmpty, exchange?.literal == nil else { return (0, []) }
        return (0, [Credential(octets: Self.string(rest[...]).octets, isEncoded: false)])
    }

    // MARK: - Words

    /// What of an answer may not show: it as it is, and the password in it.
    private static func credentials(_ answer: [UInt8]) -> [Credential] {
        guard let message = Base64.decode(answer), !message.isEmpty else {
            return [Credential(octets: answer, isEncoded: false)]
        }
        var credentials = [Credential(octets: answer, isEncoded: true)]
        // RFC 4616: authzid NUL authcid NUL passwd.
        if let password = message.split(separator: 0).last {
            credentials.append(Credential(octets: Array(password), isEncoded: false))
        }
        // RFC 7628 §3.1: auth=Bearer TOKEN between control A.
        for field in message.split(separator: 0x01) where field.starts(with: Array("auth=".utf8)) {
            guard let token = field.split(separator: 0x20).dropFirst().first else { continue }
            credentials.append(Credential(octets: Array(token), isEncoded: false))
        }
        return credentials
    }

    private static func words(_ line: [UInt8]) -> [Range<Int>] {
        line.split(separator: 0x20).map { $0.startIndex..<$0.endIndex }
    }

    private static func uppercased(_ word: ArraySlice<UInt8>) -> String {
        String(decoding: word, as: UTF8.self).asciiUppercased
    }

    /// `{4}` or `{4+}` at the end of a line, RFC 9051 §4.3.
    private static func literalLength(_ line: [UInt8]) -> Int? {
        guard line.last == 0x7D, let open = line.lastIndex(of: 0x7B) else { return nil }
        var digits = line[(open + 1)...].dropLast()
        if digits.last == 0x2B { digits = digits.dropLast() }
        guard !digits.isEmpty, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    /// A quoted string without its quotes, or an atom.
    private static func string(_ text: ArraySlice<UInt8>) -> (octets: [UInt8], end: Int) {
        guard text.first == 0x22 else {
            let word = text.prefix { $0 != 0x20 }
            return (Array(word), word.endIndex)
        }
        var rest = text
        let octets = IMAPCommand.takeQuoted(&rest)
        return (octets, rest.startIndex)
    }

    /// Whether a challenge asks for the password and not for the name: `UGFzc3dvcmQ6`.
    private static func asksPassword(_ challenge: (some Collection<UInt8>)?) -> Bool {
        guard let challenge, let text = Base64.decode(challenge) else { return false }
        return uppercased(text[...]).hasPrefix("PASS")
    }

    /// Whether a reply that begins so is the last of its command.
    private static func isFinal(_ word: [UInt8]) -> Bool {
        if word == Array("+OK".utf8) || word == Array("-ERR".utf8) { return true }
        return word.count == 3 && word.allSatisfy { 0x30...0x39 ~= $0 }
    }

    /// Whether a line that answers nothing yet is rather a command: sent ahead of the replies.
    private static func isCommand(_ line: [UInt8]) -> Bool {
        let words = words(line)
        guard let first = words.first else { return true }
        // Base64 has no spaces.
        return words.count > 1 || commands.contains(uppercased(line[first]))
    }

    private static let commands: Set<String> = ["DATA", "HELP", "NOOP", "QUIT", "RSET", "STARTTLS"]
}
