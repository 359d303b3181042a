public import ParleyTLS

/// How a run is to be done.
public struct RunOptions: Sendable {
    /// Values for parameters: `--set name=value`, last one wins.
    public var parameters: [(name: String, value: String)] = []
    /// The profile: `--profile NAME`.
    public var profile: String?
    /// The environment: `PARLEY_NAME` sets a parameter, `secret x = env NAME` reads one.
    public var environment: [String: String] = [:]
    /// Only tests with one of these tags; a tag behind `-` excludes. Empty: all.
    public var tags: [String] = []
    /// Only the test that stands at this line (from 1), by script path: `FILE:LINE`.
    public var lines: [String: Int] = [:]
    /// The limit of the whole run in nanoseconds.
    public var timeout: Int64?
    /// A file of trusted certificates for every TLS session that names none: `--ca`.
    public var authorityFile: String?
    /// A file that takes the secrets of all TLS sessions: `--keylog`.
    public var keyLog: TLSKeyLog?
    /// How many times a failed test is run again, where the test does not say.
    public var retries = 0
    /// How many tests run at the same time.
    public var jobs = 1
    /// The seed; a fresh one if `nil`.
    public var seed: UInt64?
    /// What EHLO says by default and `probe.name` gives; the host's name if `nil`.
    public var probeName: String?
    /// What `probe.sender` gives; `probe@` the probe's name if `nil`.
    public var probeSender: String?
    /// Keeps what servers say; `nil` if nobody wants it.
    public var recorder: Recorder?
    /// Stops the run where somebody wants to look; `nil` if nobody does.
    public var debugger: Debugger?
    /// Reads a secret from the terminal without echo; `nil` if nobody can be asked.
    public var prompt: (@Sendable (String) -> SecretAnswer)?

    /// The defaults.
    public init() {}
}
