import ParleyDiagnostics
import ParleySemantics

/// The code of a program and its side tables; immutable and shared by all fibers.
final class ProgramCode: Sendable {
    let instructions: [Instruction]
    /// Which place each instruction belongs to.
    let locations: [Int32]
    let places: [SourcePlace]
    let constants: [Value]
    let names: [String]
    let kinds: [Kind]
    let patterns: [PatternSite]
    let offers: [OffersSite]
    let connects: [ConnectSite]
    let verbs: [VerbSite]
    let pipelines: [PipelineSite]
    let sends: [SendSite]
    let receives: [ReceiveSite]
    let judges: [JudgeSite]
    let measures: [MeasureSite]
    let regions: [RegionSite]
    let guards: [GuardSite]
    let spawns: [SpawnSite]
    let servers: [ServerSite]
    let surveys: [SurveySite]
    let awaits: [AwaitSite]
    let entries: ProgramEntries
    let program: CheckedProgram

    init(_ builder: CodeBuilder, entries: ProgramEntries, program: CheckedProgram) {
        instructions = builder.instructions
        locations = builder.locations
        places = builder.places
        constants = builder.constants
        names = builder.names
        kinds = builder.kinds
        patterns = builder.patterns
        offers = builder.offers
        connects = builder.connects
        verbs = builder.verbs
        pipelines = builder.pipelines
        sends = builder.sends
        receives = builder.receives
        judges = builder.judges
        measures = builder.measures
        regions = builder.regions
        guards = builder.guards
        spawns = builder.spawns
        servers = builder.servers
        surveys = builder.surveys
        awaits = builder.awaits
        self.entries = entries
        self.program = program
    }

    /// The place of an instruction.
    func place(at position: Int) -> SourcePlace {
        places[Int(locations[position])]
    }
}

/// A piece of code that a fiber can be started at.
struct Entry: Sendable {
    /// Its first instruction.
    var position: Int
    /// How many registers its frame has.
    var registers: Int
    /// How many sessions its frame has.
    var sessions = 0
    /// Where it leaves its result, if it has one.
    var result: Register = -1
}

/// Where everything in a program begins.
struct ProgramEntries: Sendable {
    struct Test: Sendable {
        var body: Entry
        /// The title; `nil` if it is constant.
        var title: Entry?
        var constantTitle: String
        /// The rows of its cases.
        var rows: Entry?
        /// The register of the case.
        var caseRegister: Register = -1
    }

    struct Parameter: Sendable {
        var initial: Entry?
        var profiles: [String: Entry]
    }

    var tests: [Test] = []
    var parameters: [Parameter] = []
    /// Paths of files that are read by constant names.
    var files: [(path: String, place: SourcePlace)] = []
}
