import ParleySemantics
import ParleySyntax

/// The number of a register in a fiber's frame.
typealias Register = Int32

/// One step of the machine: a few numbers, no references. Whatever is larger stands in the side
/// tables of ``ProgramCode``, which instructions name by index.
enum Instruction: Sendable {
    // Values; the first register takes the result.
    case move(Register, Register)
    case constant(Register, Int32)
    case clear(Register, count: Int32)
    case checkBound(Register, name: Int32)
    case binary(BinaryOperator, Register, Register, Register)
    case unary(UnaryOperator, Register, Register)
    case template(Register, first: Register, count: Int32)
    case word(Register, first: Register, count: Int32)
    case list(Register, first: Register, count: Int32)
    case attribute(Register, slot: Int32, SessionAttribute)
    case sessionValue(Register, slot: Int32)
    case field(Register, Register, Field)
    case lookup(Register, Register, Register)
    case index(Register, Register, Register)
    case call(Builtin, Register, first: Register, count: Int32)
    case file(Builtin, Register, path: Register)
    case matches(Register, Register, pattern: Int32)
    case capture(Register, Register, pattern: Int32)
    case pattern(Register, pattern: Int32)
    case offers(Register, site: Int32)
    case covers(Register, Register, Register)
    case count(Register, Register, name: Int32)
    case convert(Register, Register, kind: Int32)

    // Flow
    case jump(Int32)
    case jumpUnless(Register, Int32)
    case jumpIf(Register, Int32)
    case jumpUnlessNone(Register, Int32)
    /// The next element of a list into a variable, or a jump when there is none: list, variable;
    /// the position is the register behind the list.
    case next(Register, Register, Int32)
    /// Counts down to a jump: count; the position is the register behind it.
    case countdown(Register, Int32)
    case enter(Int32)
    case beginFinally(Int32)
    case leave(Int32)
    case enterGuard(Int32)
    case leaveGuard
    case beginRound(Int32)
    case endRound(Int32)
    case end

    // Statements
    case connect(Int32)
    case verb(Int32)
    case pipeline(Int32)
    case send(Int32)
    case receive(Int32)
    case close(slot: Int32, CloseForm)
    case held(Int32)
    case failed(Int32)
    case remark(Remark, Register)
    case measure(Int32)
    case spawn(Int32)
    case startServer(Int32)
    case stopServer(Register)
    case pause(Register)
    case survey(Int32)
    /// Lets a debugger look; only in code that is to be debugged.
    case stop(Int32)
    case signal(Register)
    case await(Int32)
}
