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
            withValuesOf: previous,
            program: program,
            instance: instance,
            context: context,
            variables: variables,
            secrets: secrets,
            now: now
        )
        guard let previous else { return }
        for (index, session) in previous.sessions.enumerated() where index < sessions.count {
            sessions[index] = session
        }
        strays = previous.strays
        previous.sessions = []
        previous.strays = []
        previous.servers = []
    }

    /// A fiber that leaves open what is open when it ends, with the values, the servers and the
    /// randomness of an earlier one, and the secrets that its own program declares.
    convenience init(
        withValuesOf earlier: Fiber?,
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
        if let earlier {
            for index in 0..<min(variables, registerCount, earlier.registerCount) {
                registers[index] = earlier.registers[index]
            }
            servers = earlier.servers
            random = earlier.random
        }
        for (variable, value) in secrets where variable.index < registerCount {
            registers[variable.index] = value.asSecret
        }
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
