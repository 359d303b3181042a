import ParleyMachine

/// A script with its inputs: what its tests run with.
struct LoadedScript: Sendable {
    /// The path as the user gave it.
    var path: String
    /// The bytecode.
    var program: CompiledProgram
    /// Values of parameters and secrets, seed, limits.
    var context: FiberContext
    /// Limits of its sessions.
    var limits: SessionLimits
    /// The servers that stand in for the network, if it is a recording.
    var replay: [ServerScript]?
    /// The files it may read.
    var files: ScriptFiles
}
