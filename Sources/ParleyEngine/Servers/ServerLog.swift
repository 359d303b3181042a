import ParleyMachine

/// What a scripted server, or one connection of it, was told and said. It is bounded: a client may
/// say what it likes for as long as it likes.
final class ServerLog: ServerHandle, @unchecked Sendable {
    let name: String
    private(set) var address: String
    private(set) var lines: [String] = []
    private(set) var verbs: [String] = []
    private(set) var last = ""
    private(set) var logs: [ServerLog] = []
    private var counts: [String: Int] = [:]

    /// How many lines are kept, and how many words of ``verbs``; counts go on beyond.
    private static let lineLimit = 4096
    /// How many octets of a line are kept.
    private static let lineLength = 1024
    /// How many different words are counted.
    private static let wordLimit = 1024
    /// How many octets a word that is counted may have.
    private static let wordLength = 64
    /// How many connections have a log of their own.
    private static let connectionLimit = 4096

    init(name: String, address: String = "") {
        self.name = name
        self.address = address
    }

    var connections: [any ServerHandle] { logs }

    func count(_ verb: String) -> Int { counts[verb, default: 0] }

    /// The server listens there.
    func listens(at address: String) { self.address = address }

    /// Counts what happened; `line` is what the client said, if it said something.
    func heard(_ word: String, _ line: [UInt8]? = nil) {
        if word.utf8.count <= Self.wordLength,
            counts[word] != nil || counts.count < Self.wordLimit
        {
            counts[word, default: 0] += 1
            if verbs.count < Self.lineLimit { verbs.append(word) }
        }
        guard let line else { return }
        last = Self.shown(line)
        if lines.count < Self.lineLimit { lines.append("C \(last)") }
    }

    /// Keeps a line.
    func note(_ speaker: String, _ line: [UInt8]) {
        guard lines.count < Self.lineLimit else { return }
        lines.append("\(speaker) \(Self.shown(line))")
    }

    /// Keeps the log of another connection, unless there are too many.
    func addConnection(_ log: ServerLog) {
        if logs.count < Self.connectionLimit { logs.append(log) }
    }

    private static func shown(_ line: [UInt8]) -> String {
        String(decoding: line.prefix(lineLength), as: UTF8.self)
            + (line.count > lineLength ? "…" : "")
    }
}
