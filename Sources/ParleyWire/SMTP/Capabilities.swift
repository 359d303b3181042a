internal import ParleyVerbs

/// What a server offers, as its answer to EHLO says (RFC 5321 §4.1.1.1), or CAPABILITY of IMAP
/// (RFC 9051 §7.2.2).
///
/// Keywords count whatever their case. The old `AUTH=PLAIN` counts as `AUTH PLAIN`. Where a keyword
/// stands twice, its parameters are put together in order, each once, except that the first SIZE
/// counts. Decoding happens on demand: most sessions ask for one or two keywords.
public struct Capabilities: Hashable, Sendable {
    /// The answer to EHLO; `nil` after HELO, which offers nothing, and in IMAP.
    public let reply: Reply?

    /// What `reply`, a positive answer to EHLO, offers.
    public init(_ reply: Reply) {
        self.reply = reply
    }

    /// What the words behind `CAPABILITY` offer, RFC 9051 §7.2.2: each is a keyword, perhaps with a
    /// parameter behind `=`, as in `AUTH=PLAIN`.
    init(words: ArraySlice<UInt8>) {
        reply = nil
        self.words = Array(words)
    }

    private init() {
        reply = nil
    }

    /// The keywords where no answer to EHLO has them, behind spaces.
    private var words: [UInt8] = []

    /// Nothing is offered: what HELO gives.
    public static let none = Capabilities()

    /// How the server calls itself: the first word of the first line.
    public var serverName: String {
        let first = reply?.lines.first ?? ""
        return String(first.prefix { $0 != " " && $0 != "\t" })
    }

    /// The lines in the order in which they came.
    public var all: [Capability] {
        var all: [Capability] = []
        forEachLine { line, keyword in
            let words = line.split { $0 == 0x20 || $0 == 0x09 }
                .map { String(decoding: $0, as: UTF8.self) }
            let name = String(decoding: line[..<keyword], as: UTF8.self).asciiUppercased
            // "AUTH=PLAIN LOGIN": the first parameter hangs on the keyword.
            let attached = words.first.map { String($0.utf8.dropFirst(keyword + 1)) ?? "" } ?? ""
            all.append(
                Capability(
                    keyword: name,
                    parameters: (attached.isEmpty ? [] : [attached]) + words.dropFirst(),
                    line: String(decoding: line, as: UTF8.self)
                )
            )
        }
        return all
    }

    /// The keywords, each once, in order and in upper case.
    public var keywords: [String] {
        var seen: Set<String> = []
        return all.map(\.keyword).filter { seen.insert($0).inserted }
    }

    /// Whether the server offers `keyword`, whatever the case.
    public func offers(_ keyword: String) -> Bool {
        var isOffered = false
        forEachLine { line, end in
            if !isOffered, end == keyword.utf8.count {
                isOffered = zip(line, keyword.utf8).allSatisfy { $0.asciiUpper == $1.asciiUpper }
            }
        }
        return isOffered
    }

    /// The parameters of `keyword`, as written, each once; `nil` if it is not offered.
    public func parameters(of keyword: String) -> [String]? {
        guard offers(keyword) else { return nil }
        let name = keyword.asciiUppercased
        var seen: Set<String> = []
        return all.filter { $0.keyword == name }.flatMap(\.parameters)
            .filter { seen.insert($0).inserted }
    }

    /// The first line of `keyword` as written, for reports.
    public func line(of keyword: String) -> String? {
        guard offers(keyword) else { return nil }
        let name = keyword.asciiUppercased
        return all.first { $0.keyword == name }?.line
    }

    /// The largest message in octets, RFC 1870; 0 means that there is no limit, `nil` that none was
    /// stated: SIZE is absent, bare, or not a number.
    public var size: Int? {
        guard offers("SIZE") else { return nil }
        guard let text = all.first(where: { $0.keyword == "SIZE" })?.parameters.first else {
            return nil
        }
        guard text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(text)
    }

    /// The SASL mechanisms, in upper case and the server's order, RFC 4954.
    public var authMechanisms: [String] {
        var seen: Set<String> = []
        return (parameters(of: "AUTH") ?? []).map(\.asciiUppercased)
            .filter { seen.insert($0).inserted }
    }

    /// Whether TLS is offered, RFC 3207.
    public var offersStartTLS: Bool { offers("STARTTLS") }

    /// Whether several verbs may be sent at once, RFC 2920.
    public var offersPipelining: Bool { offers("PIPELINING") }

    /// Hands out each line but the first, and where its keyword ends.
    private func forEachLine(_ body: (UnsafeRawBufferPointer, Int) -> Void) {
        guard words.isEmpty else {
            words.withUnsafeBytes { bytes in
                for word in bytes.split(separator: 0x20) {
                    let line = UnsafeRawBufferPointer(rebasing: word)
                    let end = line.firstIndex(of: 0x3D) ?? line.count
                    if end > 0 { body(line, end) }
                }
            }
            return
        }
        var isFirst = true
        reply?.forEachText { line in
            defer { isFirst = false }
            guard !isFirst, !line.isEmpty else { return }
            let end = line.firstIndex { $0 == 0x20 || $0 == 0x09 || $0 == 0x3D } ?? line.count
            if end > 0 { body(line, end) }
        }
    }
}

extension Collection<UInt8> {
    /// Whether the octets are the word, whatever the case of ASCII.
    func isWord(_ word: String) -> Bool {
        lazy.map(\.asciiUpper).elementsEqual(word.utf8.lazy.map(\.asciiUpper))
    }
}

extension UInt8 {
    /// The octet with `a`–`z` as `A`–`Z`.
    var asciiUpper: UInt8 { 0x61...0x7A ~= self ? self - 0x20 : self }
}
