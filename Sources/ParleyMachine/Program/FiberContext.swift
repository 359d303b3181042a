public import ParleyNetwork

/// What is the same for all fibers of a run.
public struct FiberContext: Sendable {
    /// `run.id`
    public var runID: String
    /// `run.seed`, from which all randomness derives.
    public var seed: UInt64
    /// When the run began, in nanoseconds since 1970.
    public var startWallClock: Int64
    /// The same moment on the monotonic clock.
    public var startMonotonic: MonotonicTime
    /// `probe.name`: how scripts call this machine.
    public var probeName: String
    /// `probe.sender`: the address they send from.
    public var probeSender: String
    /// How long phases may take.
    public var limits: PhaseLimits
    /// The parameters' values, in the order of their declarations.
    public var parameters: [Value]
    /// The secrets, in the order of their declarations; made secret where they are not yet.
    public var secrets: [Value]
    /// Whether ``FiberNote/held(_:)`` is reported; who does not show it saves the time.
    public var reportsHeld: Bool

    /// What is the same for all fibers of a run.
    public init(
        runID: String,
        seed: UInt64,
        startWallClock: Int64,
        startMonotonic: MonotonicTime,
        probeName: String = "probe.invalid",
        probeSender: String = "probe@probe.invalid",
        limits: PhaseLimits = PhaseLimits(),
        parameters: [Value] = [],
        secrets: [Value] = [],
        reportsHeld: Bool = true
    ) {
        self.runID = runID
        self.seed = seed
        self.startWallClock = startWallClock
        self.startMonotonic = startMonotonic
        self.probeName = probeName
        self.probeSender = probeSender
        self.limits = limits
        self.parameters = parameters
        self.secrets = secrets
        self.reportsHeld = reportsHeld
    }
}
