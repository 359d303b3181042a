public import ParleyMachine
public import ParleySemantics

/// A script that has passed its checks and is compiled: what a run runs.
public struct Script: Sendable {
    /// The path as the user gave it.
    public var path: String
    /// The checked program.
    public var checked: CheckedProgram
    /// Its bytecode.
    public var program: CompiledProgram
    /// Where it can stop, if it was loaded to be debugged.
    public var stops: StopTable?

    /// A script.
    public init(path: String, checked: CheckedProgram, program: CompiledProgram) {
        self.path = path
        self.checked = checked
        self.program = program
    }
}
