import ParleyDiagnostics
import ParleyMail
import ParleyPatterns
import ParleySemantics
import ParleySyntax
import ParleyVerbs

/// A pattern where it stands: compiled, or made of registers each time.
struct PatternSite: Sendable {
    var constant: Pattern?
    var pieces: [(register: Register, isInserted: Bool)] = []
    var isCaseInsensitive = false
    var group = -1
}

/// A limit where it stands: known before anything runs, or in a register.
struct LimitSite: Sendable {
    var constant: Int64?
    var register: Register = -1
    var place: SourcePlace
}

/// What a reply must be. A class, as other sites of the busy statements: looking at one must not
/// copy it.
final class ExpectationSite: Sendable {
    struct Alternative: Sendable {
        var outcome: CheckedAlternative.Outcome
        var code: CodePattern?
        var enhanced: StatusCode?
        var status: StatusWord?
        var responseCode: String?
        var pattern: PatternSite?
        var text: String
    }

    let alternatives: [Alternative]
    let isExplicit: Bool
    let isSoftened: Bool
    let place: SourcePlace

    init(alternatives: [Alternative], isExplicit: Bool, isSoftened: Bool, place: SourcePlace) {
        self.alternatives = alternatives
        self.isExplicit = isExplicit
        self.isSoftened = isSoftened
        self.place = place
    }

    /// Whether an alternative admits that the server closes the session.
    var admitsClose: Bool {
        alternatives.contains { $0.outcome == .closed }
    }

    /// `250 or 251`, for messages.
    var expected: String {
        alternatives.map(\.text).joined(separator: " or ")
    }
}

/// TLS clauses: what is constant, and the registers that the others take their values from.
struct TLSSite: Sendable {
    var constant = TLSRequest()
    var authority: Register?
    /// Clauses whose values are made at run time.
    var holes: [(clause: TLSClause, value: Register)] = []
    /// The slot of the session that is resumed.
    var resumed: SessionSlot?
}

/// Registers that the clauses of a route take their values from.
struct RouteSite: Sendable {
    var family: String?
    var proxy: Register?
    var user: Register?
    var password: Register?
    var allowsClear = false
    var header: ProxyHeaderSite?

    /// Whether the way is direct, as it mostly is.
    var isDirect: Bool { family == nil && proxy == nil && header == nil }
}

/// Registers that the header of the PROXY protocol is made of.
struct ProxyHeaderSite: Sendable {
    var version: String
    var isUnknown: Bool
    var isLocal: Bool
    var client: Register?
    var server: Register?
    var authority: Register?
}

struct ConnectSite: Sendable {
    var place: SourcePlace
    var spec: ProtocolSpec
    var slot: Int
    var label: String
    var endpoint: Register
    var name: Register?
    var source: Register?
    var route: RouteSite
    var pregreet: Register?
    var tls: TLSSite
    var expectation: ExpectationSite
    var within: LimitSite?
    var binding: Register?
}

/// A verb: a call with all constant arguments in place, and the registers of the others.
final class VerbSite: Sendable {
    enum Hole: Sendable {
        case argument(Int, Register)
        case clause(String, Register)
    }

    let place: SourcePlace
    let slot: Int
    let label: String
    let call: VerbCall
    let holes: [Hole]
    let tls: TLSSite?
    let expectation: ExpectationSite
    let within: LimitSite?
    let binding: Register?
    /// The reason of a wrong reply.
    let reason: Judged.Reason

    init(
        place: SourcePlace,
        slot: Int,
        label: String,
        call: VerbCall,
        holes: [Hole],
        tls: TLSSite?,
        expectation: ExpectationSite,
        within: LimitSite?,
        binding: Register?
    ) {
        self.place = place
        self.slot = slot
        self.label = label
        self.call = call
        self.holes = holes
        self.tls = tls
        self.expectation = expectation
        self.within = within
        self.binding = binding
        reason =
            switch call.spec.name {
            case "starttls": .fixed("tls.starttls.refused")
            case "auth", "login": .refusal("auth.refused")
            default: .reply
            }
    }
}

struct PipelineSite: Sendable {
    var place: SourcePlace
    var slot: Int
    var label: String
    var isForced: Bool
    var verbs: [VerbSite]
}

struct SendSite: Sendable {
    enum Framing: Sendable {
        case line(DataFraming.LineEnd)
        case long(Register)
        case raw
        case content(DataFraming, ending: Register?)
    }

    var place: SourcePlace
    var slot: Int
    var label: String
    var text: Register
    var framing: Framing
    var allowsClear: Bool
    var expectation: ExpectationSite?
    var within: LimitSite?
    var binding: Register?
}

struct ReceiveSite: Sendable {
    enum Unit: Sendable {
        case line, reply
        case bytes(Register)
        case until(PatternSite)
    }

    var place: SourcePlace
    var slot: Int
    var label: String
    var unit: Unit
    var expectation: ExpectationSite
    var within: LimitSite?
    var binding: Register?
}

/// A judgement: what to show and say when it fails.
struct JudgeSite: Sendable {
    var place: SourcePlace
    var isFatal: Bool
    var isSoftened: Bool
    /// The condition as written.
    var text: String
    /// The register of the script's own words.
    var message: Register?
    /// Where sub-expressions left their values.
    var shown: [(anchor: Int, register: Register)]
    /// The `offers` tests in it, for the nearest thing.
    var offers: [Int32]
    var slot: Int?
}

struct OffersSite: Sendable {
    var slot: Int
    var label: String
    var capability: String
    var test: Test
    /// Takes the parameter that was compared.
    var actual: Register

    enum Test: Sendable {
        case present
        case compares(BinaryOperator, Register)
        case states(String, BinaryOperator, Register)
        case includes([String])
    }
}

/// `await NAME within D`
struct AwaitSite: Sendable {
    var name: Register
    var within: LimitSite
}

struct MeasureSite: Sendable {
    var place: SourcePlace
    var name: String
    var value: Register
    var warn: (operation: BinaryOperator, bound: Register)?
    var fail: (operation: BinaryOperator, bound: Register)?
}

/// A stretch of code that is entered and left as one.
struct RegionSite: Sendable {
    enum Kind: Sendable {
        case scope
        case step(title: Register)
        case eventually(every: Register?)
    }

    var kind: Kind
    var place: SourcePlace
    var within: LimitSite?
    /// The sessions that are closed at its end.
    var sessions: [Int]
    /// Where its `finally`, or else its end, begins.
    var cleanup: Int32 = 0
    /// Its last instruction, ``Instruction/leave(_:)``.
    var exit: Int32 = 0
}

/// A statement of a `finally`.
struct GuardSite: Sendable {
    var place: SourcePlace
    /// Where it goes on when the statement fails.
    var resume: Int32 = 0
}

/// Fibers that are run together.
struct SpawnSite: Sendable {
    enum Form: Sendable {
        /// One for each element: the list, the variable, how many at a time.
        case elements(Register, variable: Register, width: Register)
        /// One for each branch.
        case branches
    }

    var place: SourcePlace
    var form: Form
    var within: LimitSite?
    /// Where each branch begins; one for all elements.
    var entries: [Int32]
}

struct ServerSite: Sendable {
    var place: SourcePlace
    var server: CheckedServer
    /// The registers of its texts.
    var texts: [Register]
    var into: Register
}
