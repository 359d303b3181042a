/// Finds out what a server speaks by asking for less each time: it chooses a suite, which is then
/// no longer offered, until it refuses. Sans-IO: hellos go out, answers come in, one at a time.
///
/// A version takes one connection for each suite, one for the refusal, and one to see whose order
/// decides; the groups one each and two more. Where the last refusals were a server that hung up, a
/// last one tells whether it still answers at all.
public struct TLSSurvey: Sendable {
    private enum Stage: Sendable {
        case suites
        case order
        case modernGroups
        case classicGroups(isLast: Bool)
        case again(SurveyHello)
        case done
    }

    private struct Spoken: Sendable {
        var version: TLSVersion
        var suites: [UInt16] = []
        var order: String?
    }

    /// The newest first.
    private static let asked: [TLSVersion] = [.tls13, .tls12, .tls11, .tls10, .ssl3]
    /// More connections than any honest server needs.
    private static let limit = 512

    private var stage = Stage.suites
    private var offered: [UInt16] = []
    private var current = Spoken(version: .tls13)
    private var spoken: [Spoken] = []
    private var groups: [UInt16] = []
    private var connections = 0
    /// A hello that the server answered with a choice.
    private var answered: SurveyHello?
    /// How many connections there were when it last chose, or sent an alert.
    private var answers = 0
    /// Whether it ever refused by an alert.
    private var hasRefused = false

    /// A survey that has asked nothing yet.
    public init() {
        offered = Self.suites(of: .tls13)
    }

    /// What was found so far.
    public var offers: TLSOffers {
        let all = current.suites.isEmpty ? spoken : spoken + [current]
        return TLSOffers(
            versions: all.map { version in
                TLSOffers.Version(
                    name: version.version == .tls10 ? "TLSv1.0" : "\(version.version)",
                    number: version.version.number,
                    ciphers: version.suites.map { CipherSuite.name(of: $0) },
                    order: version.order
                )
            },
            groups: groups.map { NamedGroup.name(of: $0) },
            connections: connections
        )
    }

    /// The next hello; `nil` when nothing is left to ask.
    public var next: SurveyHello? {
        switch stage {
        case .suites: return hello(current.version, offered)
        case .order: return hello(current.version, current.suites.reversed())
        case .modernGroups:
            let suites = spoken.first { $0.version == .tls13 }?.suites ?? []
            return hello(.tls13, suites, groups: missing(NamedGroup.modern))
        case .classicGroups(let isLast):
            guard let ephemeral else { return nil }
            let missing = missing(NamedGroup.classic)
            // An ECDSA certificate wants its own curve to be among those that are offered.
            let known = isLast ? groups.filter { $0 < 256 } : []
            return hello(ephemeral.0, ephemeral.1, groups: missing + known, wantsGroup: true)
        case .again(let hello): return hello
        case .done: return nil
        }
    }

    /// Takes the answer to ``next``.
    ///
    /// - Throws: ``SurveyProblem`` if the server chose what was not offered, or answers no more.
    public mutating func take(_ answer: SurveyAnswer) throws(SurveyProblem) {
        connections += 1
        note(answer)
        guard connections < Self.limit else {
            throw SurveyProblem("the server still found something new after \(connections) hellos")
        }
        switch stage {
        case .suites: try takeSuite(answer)
        case .order:
            guard case .chosen(_, let suite, _) = answer else {
                if answer == .left { throw silence }
                throw SurveyProblem("the server refused suites that it had chosen before")
            }
            current.order = suite == current.suites.first ? "server" : "client"
            try finishVersion()
        case .modernGroups:
            guard let group = try newGroup(answer) else {
                try beginClassicGroups()
                return
            }
            groups.append(group)
            if missing(NamedGroup.modern).isEmpty { try beginClassicGroups() }
        case .classicGroups(let isLast):
            if let group = try newGroup(answer) {
                groups.append(group)
                if missing(NamedGroup.classic).isEmpty {
                    try finish()
                } else {
                    stage = .classicGroups(isLast: isLast)
                }
            } else if !isLast, groups.contains(where: { $0 < 256 }) {
                stage = .classicGroups(isLast: true)
            } else {
                try finish()
            }
        case .again:
            guard case .chosen = answer else { throw silence }
            stage = .done
        case .done: break
        }
    }

    // MARK: - Servers that hang up

    private mutating func note(_ answer: SurveyAnswer) {
        if case .again = stage { return }
        switch answer {
        case .chosen:
            if answered == nil { answered = next }
            answers = connections
        case .refused:
            hasRefused = true
            answers = connections
        case .left: break
        }
    }

    /// Ends, unless what looks like refusals at the end may be a server that bans its client.
    private mutating func finish() throws(SurveyProblem) {
        guard answers < connections else {
            stage = .done
            return
        }
        if let answered {
            stage = .again(answered)
            return
        }
        guard hasRefused else {
            throw SurveyProblem(
                "the server closed every one of \(connections) connections at the ClientHello, "
                    + "without an alert",
                reason: "tls.handshake.failed"
            )
        }
        stage = .done
    }

    /// The server has stopped answering.
    private var silence: SurveyProblem {
        let count = answers == 1 ? "1 connection" : "\(answers) connections"
        return SurveyProblem(
            "the server answered \(count) and hung up on all that followed, even on what it had "
                + "chosen before",
            reason: "tls.offers.incomplete"
        )
    }

    // MARK: - Suites

    private mutating func takeSuite(_ answer: SurveyAnswer) throws(SurveyProblem) {
        if case .chosen(let version, let suite, _) = answer, version == current.version.number {
            guard let place = offered.firstIndex(of: suite) else {
                throw SurveyProblem(
                    "the server chose \(CipherSuite.name(of: suite)), which was not offered"
                )
            }
            offered.remove(at: place)
            current.suites.append(suite)
            if !offered.isEmpty { return }
        }
        if current.suites.count > 1 {
            stage = .order
        } else {
            try finishVersion()
        }
    }

    private mutating func finishVersion() throws(SurveyProblem) {
        if !current.suites.isEmpty { spoken.append(current) }
        current.suites = []
        guard let version = Self.asked.first(where: { $0 < current.version }) else {
            try beginGroups()
            return
        }
        current = Spoken(version: version)
        offered = Self.suites(of: version)
        stage = .suites
    }

    private static func suites(of version: TLSVersion) -> [UInt16] {
        (version >= .tls13 ? CipherSuite.modern : CipherSuite.classic).map(\.number)
    }

    // MARK: - Groups

    /// The newest version before TLS 1.3 that exchanges keys by curves, with the suites that do.
    private var ephemeral: (TLSVersion, [UInt16])? {
        let numbers = Set(CipherSuite.classic.filter(\.isEllipticEphemeral).map(\.number))
        for version in spoken where version.version < .tls13 {
            let suites = version.suites.filter { numbers.contains($0) }
            if !suites.isEmpty { return (version.version, suites) }
        }
        return nil
    }

    private mutating func beginGroups() throws(SurveyProblem) {
        if spoken.contains(where: { $0.version == .tls13 }) {
            stage = .modernGroups
        } else {
            try beginClassicGroups()
        }
    }

    private mutating func beginClassicGroups() throws(SurveyProblem) {
        if ephemeral == nil {
            try finish()
        } else {
            stage = .classicGroups(isLast: false)
        }
    }

    private func missing(_ all: [NamedGroup]) -> [UInt16] {
        all.map(\.number).filter { !groups.contains($0) }
    }

    /// The group that was chosen, if it is a new one.
    private func newGroup(_ answer: SurveyAnswer) throws(SurveyProblem) -> UInt16? {
        guard case .chosen(_, _, let group?) = answer, !groups.contains(group) else { return nil }
        guard (NamedGroup.modern + NamedGroup.classic).contains(where: { $0.number == group })
        else {
            throw SurveyProblem("the server chose group \(group), which was not offered")
        }
        return group
    }

    private func hello(
        _ version: TLSVersion,
        _ suites: [UInt16],
        groups: [UInt16]? = nil,
        wantsGroup: Bool = false
    ) -> SurveyHello {
        let all = version >= .tls13 ? NamedGroup.modern : NamedGroup.classic
        return SurveyHello(
            version: version,
            suites: suites,
            groups: groups ?? all.map(\.number),
            wantsGroup: wantsGroup
        )
    }
}
