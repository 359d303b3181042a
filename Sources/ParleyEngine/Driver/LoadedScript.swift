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
    /// The files it may read.
    var files: ScriptFiles
}
