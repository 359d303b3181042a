public import ParleyNetwork
public import ParleySemantics

extension Fiber {
    /// A fiber that leaves its sessions and servers open when it ends, for one that goes on.
    ///
    /// - Parameters:
    ///   - previous: the ended fiber that this one continues, with its values, sessions and
    ///     servers; they belong to this one from now on.
    ///   - variables: how many variables the two have in common.
    ///   - secrets: values of the secrets that the new program declares, with their variables.
    public convenience init(
        continuing previous: Fiber?,
        program: CompiledProgram,
        instance: TestInstance,
        context: FiberContext,
        variables: Int,
        secrets: [(variable: Variable, value: Value)],
        now: MonotonicTime
    ) {
        self.init(
            program: program,
            instance: instance,
            context: context,
            attempt: 1,
            now: now
        )
        keepsWhatIsOpen = true
        for (variable, value) in secrets where variable.index < registerCount {
            registers[variable.index] = value.asSecret
        }
        guard let previous else { return }
        for index in 0..<min(variables, registerCount, previous.registerCount) {
            registers[index] = previous.registers[index]
        }
        for (index, session) in previous.sessions.enumerated() where index < sessions.count {
            sessions[index] = session
        }
        strays = previous.strays
        random = previous.random
        servers = previous.servers
        previous.sessions = []
        previous.strays = []
        previous.servers = []
    }

    /// What a variable holds; `nil` if nothing was bound to it.
    public func value(of variable: Variable) -> Value? {
        guard variable.index < registerCount, !registers[variable.index].isUnset else { return nil }
        return registers[variable.index]
    }

    /// Its sessions with their slots.
    public var sessionHandles: [(slot: Int, session: any SessionHandle)] {
        sessions.enumerated().compactMap { slot, session in session.map { (slot, $0) } }
    }
}
