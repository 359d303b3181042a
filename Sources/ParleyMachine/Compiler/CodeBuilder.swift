import ParleyDiagnostics
import ParleySemantics

/// Puts code together. Registers below ``variableCount`` are the frame's variables; those above are
/// handed out to sub-expressions and taken back at the end of each statement.
struct CodeBuilder {
    var instructions: [Instruction] = []
    var locations: [Int32] = []
    var places: [SourcePlace] = []
    var constants: [Value] = []
    var names: [String] = []
    var kinds: [Kind] = []
    var patterns: [PatternSite] = []
    var offers: [OffersSite] = []
    var connects: [ConnectSite] = []
    var verbs: [VerbSite] = []
    var pipelines: [PipelineSite] = []
    var sends: [SendSite] = []
    var receives: [ReceiveSite] = []
    var judges: [JudgeSite] = []
    var measures: [MeasureSite] = []
    var regions: [RegionSite] = []
    var guards: [GuardSite] = []
    var spawns: [SpawnSite] = []
    var servers: [ServerSite] = []
    var surveys: [SurveySite] = []
    var awaits: [AwaitSite] = []
    var files: [(path: String, place: SourcePlace)] = []

    /// Whether each statement begins with a stop for a debugger.
    var emitsStops = false
    /// What `start` names by index.
    var programServers: [CheckedServer] = []

    /// The next register to hand out, and the most that were out at once.
    private(set) var nextRegister: Register = 0
    private(set) var registerCount: Register = 0
    /// Inside `finally`, reading a name checks that it was bound.
    var isInFinally = false
    /// While a judgement's condition is compiled: what to show when it fails.
    var capture: JudgeCapture?

    private var nameNumbers: [String: Int32] = [:]
    private var constantNumbers: [Constant: Int32] = [:]

    /// What a judgement collects.
    struct JudgeCapture {
        var shown: [(anchor: Int, register: Register)] = []
        var offers: [Int32] = []
        /// Whether a part may be skipped, so that registers are cleared first.
        var mayShortCircuit = false
        /// Whether what is being compiled may be skipped.
        var isConditional = false
    }

    // MARK: - Frames and registers

    /// Begins a frame with that many variables.
    mutating func beginFrame(variables: Int) {
        nextRegister = Register(variables)
        registerCount = nextRegister
    }

    /// A register for a sub-expression.
    mutating func temporary() -> Register {
        let register = nextRegister
        nextRegister += 1
        registerCount = max(registerCount, nextRegister)
        return register
    }

    /// So many registers in a row; the first.
    mutating func temporaries(_ count: Int) -> Register {
        let first = nextRegister
        nextRegister += Register(count)
        registerCount = max(registerCount, nextRegister)
        return first
    }

    /// Takes back the registers handed out since `mark`.
    mutating func release(to mark: Register) {
        nextRegister = mark
    }

    // MARK: - Code

    /// Where the next instruction goes.
    var position: Int32 { Int32(instructions.count) }

    /// Adds an instruction for the place last named with ``locate(_:)``.
    mutating func emit(_ instruction: Instruction) {
        instructions.append(instruction)
        locations.append(Int32(places.count - 1))
    }

    /// What follows belongs to this place.
    mutating func locate(_ place: SourcePlace) {
        if let last = places.last, last.range == place.range, last.source === place.source {
            return
        }
        places.append(place)
    }

    /// Adds an instruction that ``patch(_:_:)`` completes.
    mutating func placeholder() -> Int {
        emit(.jump(0))
        return instructions.count - 1
    }

    mutating func patch(_ index: Int, _ instruction: Instruction) {
        instructions[index] = instruction
    }

    // MARK: - Side tables

    mutating func name(_ name: String) -> Int32 {
        if let number = nameNumbers[name] { return number }
        names.append(name)
        nameNumbers[name] = Int32(names.count - 1)
        return Int32(names.count - 1)
    }

    mutating func kind(_ kind: Kind) -> Int32 {
        kinds.append(kind)
        return Int32(kinds.count - 1)
    }

    mutating func constant(_ constant: Constant) -> Int32 {
        if let number = constantNumbers[constant] { return number }
        constants.append(Value(constant))
        constantNumbers[constant] = Int32(constants.count - 1)
        return Int32(constants.count - 1)
    }
}

extension Value {
    /// A constant as a value.
    init(_ constant: Constant) {
        switch constant {
        case .none: self = .none
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .float(let number): self = .float(number)
        case .string(let text): self = .string(text)
        case .bytes(let bytes): self = .bytes(bytes)
        case .duration(let nanoseconds): self = .duration(nanoseconds)
        case .size(let octets): self = .size(octets)
        case .enhanced(let severity, let subject, let detail):
            self = .enhanced(StatusCode(severity, subject, detail))
        case .code(let code): self = .code(code)
        case .tlsVersion(let minor): self = .tlsVersion(minor)
        case .address(let text): self = .address(text)
        case .domain(let text): self = .domain(text)
        case .ip(let text): self = .ip(text)
        case .endpoint(let text): self = .endpoint(text)
        case .enhancedPattern(let pattern): self = .enhanced(StatusCode(pattern))
        }
    }
}
