public import ParleyTLS
public import ParleyWire

/// What a driver resumes a fiber with.
public enum Event {
    /// The fiber begins.
    case started
    /// The session is open; the greeting, if its protocol has one.
    case connected(any SessionHandle, greeting: Reply?)
    /// A whole reply.
    case reply(Reply)
    /// The outcome of each verb of a pipeline, in order.
    case replies([Result<Reply, SessionFailure>])
    /// What `receive line`, `bytes` or `until` read.
    case data([UInt8])
    /// Done.
    case done
    /// The session failed; it is closed unless ``SessionFailure/leavesOpen``.
    indirect case failed(SessionFailure)
    /// The request's limit passed. `held` are the octets received so far that form nothing whole;
    /// `notes` are further facts for a report.
    indirect case timedOut(stage: String, held: [UInt8], notes: [String] = [])
    /// A scripted server listens.
    case serverStarted(any ServerHandle)
    /// A value that was computed elsewhere, or why there is none.
    indirect case computed(Result<Value, ScriptError>)
    /// A file's octets, or why it cannot be read.
    indirect case file(Result<[UInt8], FileFailure>)
    /// What a server speaks of TLS.
    indirect case surveyed(TLSOffers)
    /// One of a survey's sessions failed, or was too slow: how, and which.
    indirect case surveyFailed(Event, any SessionHandle)
    /// All spawned fibers have ended: the outcome of each, by number.
    case joined([FiberOutcome])
    /// The fiber is to unwind: run `finally`, close, end with this verdict.
    indirect case cancelled(Cancellation)
}

/// Why a session failed, in the words of the reasons.
public struct SessionFailure: Error, Sendable {
    /// The dotted reason: `net.refused`, `smtp.reply.malformed`, `tls.certificate.expired`.
    public var reason: String
    /// The stage at which it arose: `connect`, `banner`, `EHLO`, `TLS handshake`.
    public var stage: String
    /// A sentence without its full stop: `the server closed the connection after MAIL, before its
    /// reply`.
    public var message: String
    /// Further facts, one per line.
    public var notes: [String]
    /// Octets received that form nothing whole.
    public var held: [UInt8]
    /// A last whole reply that explains a close: 421.
    public var reply: Reply?
    /// Whether the session can go on: the verb was never sent.
    public var leavesOpen: Bool
    /// What the peer had shown of itself when a handshake failed, its own certificate first.
    public var certificates: [Certificate] = []

    /// A session's failure.
    public init(
        reason: String,
        stage: String,
        message: String,
        notes: [String] = [],
        held: [UInt8] = [],
        reply: Reply? = nil,
        leavesOpen: Bool = false
    ) {
        self.reason = reason
        self.stage = stage
        self.message = message
        self.notes = notes
        self.held = held
        self.reply = reply
        self.leavesOpen = leavesOpen
    }
}

/// Why a file cannot be read.
public struct FileFailure: Error, Hashable, Sendable {
    /// `script.permission` (outside the script's folder), `local.file`.
    public var reason: String
    /// What is wrong, with the path.
    public var message: String

    /// A file's failure.
    public init(reason: String, message: String) {
        self.reason = reason
        self.message = message
    }
}

/// Why a fiber is cancelled, which decides its verdict.
public struct Cancellation: Sendable {
    /// What ended it.
    public enum Cause: Sendable {
        /// The user interrupted the run.
        case interrupt
        /// A limit around the fiber passed: of the suite, the run, or the spawning statement.
        case limit(reason: String, message: String)
    }

    /// What ended it.
    public var cause: Cause

    /// A cancellation.
    public init(_ cause: Cause) {
        self.cause = cause
    }
}
