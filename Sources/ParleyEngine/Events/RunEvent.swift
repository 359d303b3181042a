public import ParleyDiagnostics
public import ParleyMachine

/// Something that happened in a run. All of them go to one ``EventSink``, in order per loop;
/// reports, progress and recordings are functions of this stream and of nothing else.
///
/// Secrets are already scrubbed from every event. Peer text is raw: each renderer makes it safe for
/// its own medium.
public struct RunEvent: Sendable {
    /// The version of this vocabulary; it grows when a case changes its meaning.
    public static let version = 1

    /// Nanoseconds since the run began, on the monotonic clock.
    public var time: Int64
    /// The test it belongs to, by ``TestInfo/index``; `nil` for the run itself.
    public var test: Int?
    /// Which attempt of the test, from 1.
    public var attempt: Int
    /// The branch of the test: empty outside `parallel`, else the number of the branch on each
    /// level.
    public var branch: [Int]
    /// What happened.
    public var kind: Kind

    /// An event.
    public init(time: Int64, test: Int?, attempt: Int = 1, branch: [Int] = [], kind: Kind) {
        self.time = time
        self.test = test
        self.attempt = attempt
        self.branch = branch
        self.kind = kind
    }

    /// What happened.
    public enum Kind: Sendable {
        /// The run begins.
        case runStarted(RunInfo)
        /// A test begins (again, for a retry).
        case testStarted(TestInfo)
        /// Something a fiber tells: steps, judgements, findings, measures, `log`.
        case note(FiberNote)
        /// A connection is being made.
        case connecting(SessionInfo)
        /// It is made; nanoseconds it took.
        case connected(session: Int, peer: String, took: Int64)
        /// Which way it goes, in a few words: a proxy in between, the PROXY header that was sent.
        case routed(session: Int, String)
        /// The handshake is done; nanoseconds it took.
        case secured(session: Int, TLSInfo, took: Int64)
        /// Octets went out, secrets scrubbed. Published only if the sink wants the dialogue.
        case sent(session: Int, [UInt8])
        /// Octets came in, secrets scrubbed. Published only if the sink wants the dialogue.
        case received(session: Int, [UInt8])
        /// The server told this although nothing was asked, as IMAP lets it, secrets scrubbed;
        /// `received` tells it too.
        case unsolicited(session: Int, [UInt8])
        /// The server said this although nothing was asked, secrets scrubbed; it stays unread until
        /// a statement finds it. Published only if the sink wants it.
        case unread(session: Int, [UInt8])
        /// The session is over; how, in a few words.
        case closed(session: Int, how: String)
        /// A scripted server listens.
        case serverStarted(name: String, address: String)
        /// A scripted server stopped.
        case serverStopped(name: String)
        /// A test ended.
        case testFinished(TestResult)
        /// The run ended.
        case runFinished(RunSummary)
    }
}

/// Takes the events of a run. Called from the loops' threads: a sink guards its own state.
public protocol EventSink: Sendable {
    /// Whether ``RunEvent/Kind/sent(session:_:)`` and `received` are wanted; they cost time.
    var wantsDialogue: Bool { get }

    /// Whether somebody sits there and wants to know what a server says before it is read.
    var wantsUnread: Bool { get }

    /// Whether ``RunEvent/Kind/connecting(_:)``, `connected`, `secured` and `closed` are wanted.
    var wantsSessions: Bool { get }

    /// Takes an event. Must not block for long: the caller is an event loop.
    func receive(_ event: RunEvent)
}

extension EventSink {
    /// They are.
    public var wantsSessions: Bool { true }

    /// Reports tell what happened in the order in which statements find it.
    public var wantsUnread: Bool { false }
}

/// What a run is.
public struct RunInfo: Sendable {
    /// The run's own name: what `${run.id}` gives.
    public var id: String
    /// The seed of its randomness.
    public var seed: UInt64
    /// When it began: nanoseconds since 1970-01-01T00:00:00Z.
    public var started: Int64
    /// How many tests it holds.
    public var testCount: Int
    /// The files named on the command line.
    public var files: [String]

    /// A run.
    public init(id: String, seed: UInt64, started: Int64, testCount: Int, files: [String]) {
        self.id = id
        self.seed = seed
        self.started = started
        self.testCount = testCount
        self.files = files
    }
}

/// What a test is.
public struct TestInfo: Sendable {
    /// Its number in the run, from 0.
    public var index: Int
    /// Its title, expanded.
    public var title: String
    /// What names it across runs: file, title as written, case value.
    public var identity: String
    /// Its tags.
    public var tags: [String]
    /// Where it stands.
    public var place: SourcePlace

    /// A test.
    public init(index: Int, title: String, identity: String, tags: [String], place: SourcePlace) {
        self.index = index
        self.title = title
        self.identity = identity
        self.tags = tags
        self.place = place
    }
}

/// What a session is.
public struct SessionInfo: Sendable {
    /// Its number, unique in the run.
    public var id: Int
    /// Its label: `box`, or the protocol's name.
    public var label: String
    /// Its protocol: `smtp`.
    public var protocolName: String
    /// What the script asked to connect to.
    public var target: String

    /// A session.
    public init(id: Int, label: String, protocolName: String, target: String) {
        self.id = id
        self.label = label
        self.protocolName = protocolName
        self.target = target
    }
}

/// TLS values for reports.
public struct TLSInfo: Sendable {
    /// `TLSv1.3`
    public var version: String
    /// `TLS_AES_256_GCM_SHA384`
    public var cipher: String
    /// Whether the peer was verified.
    public var isVerified: Bool

    /// TLS values.
    public init(version: String, cipher: String, isVerified: Bool) {
        self.version = version
        self.cipher = cipher
        self.isVerified = isVerified
    }
}

/// How a test ended.
public struct TestResult: Sendable {
    /// The test.
    public var info: TestInfo
    /// The last attempt's verdict, or `flaky`.
    public var verdict: Verdict
    /// Whether it failed as it was meant to (`fails REASON`), and passes for that.
    public var failedAsExpected: Bool
    /// What was found, in source order; of the last attempt that failed, for `flaky`.
    public var findings: [Finding]
    /// How many attempts it took.
    public var attempts: Int
    /// Nanoseconds from its start to its verdict.
    public var took: Int64
    /// The dialogues that the findings refer to, by session.
    public var dialogues: [Int: Dialogue]

    /// A result.
    public init(
        info: TestInfo,
        verdict: Verdict,
        failedAsExpected: Bool = false,
        findings: [Finding],
        attempts: Int,
        took: Int64,
        dialogues: [Int: Dialogue]
    ) {
        self.info = info
        self.verdict = verdict
        self.failedAsExpected = failedAsExpected
        self.findings = findings
        self.attempts = attempts
        self.took = took
        self.dialogues = dialogues
    }
}

/// How a run ended.
public struct RunSummary: Sendable {
    /// How many tests came to each verdict.
    public var counts: [Verdict: Int]
    /// Nanoseconds it took.
    public var took: Int64
    /// Whether the user interrupted it.
    public var wasInterrupted: Bool
    /// The exit code that the verdicts and reasons ask for (rule 26), warnings allowed.
    public var exitCode: Int32

    /// A summary.
    public init(counts: [Verdict: Int], took: Int64, wasInterrupted: Bool, exitCode: Int32) {
        self.counts = counts
        self.took = took
        self.wasInterrupted = wasInterrupted
        self.exitCode = exitCode
    }
}
