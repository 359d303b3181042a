public import ParleyDiagnostics
import ParleyNetwork
import ParleySemantics

extension CompiledProgram {
    /// A text from the command line, the environment or a profile as the parameter's kind.
    ///
    /// - Returns: the value, or a sentence that says what the kind looks like.
    public func convert(parameter: Int, text: String) -> Result<Value, ScriptError> {
        let kind = program.parameters[parameter].variable.kind
        do {
            return .success(try Value.string(text).converted(to: kind))
        } catch {
            return .failure(error)
        }
    }

    /// The values of all parameters: what is set, else what the profile says, else their own.
    ///
    /// - Parameters:
    ///   - texts: what `--set` and the environment say, by parameter number.
    ///   - profile: the profile's name, if one is selected.
    ///   - context: the run; its parameters are ignored.
    /// - Returns: a value for each parameter in order, or what is wrong with some.
    public func parameters(
        setting texts: [Int: String],
        profile: String?,
        context: FiberContext
    ) -> Result<[Value], ParameterProblems> {
        var context = context
        context.parameters = []
        var problems: [ParameterProblems.Problem] = []
        for (number, parameter) in program.parameters.enumerated() {
            let entries = code.entries.parameters[number]
            let result: Result<Value, ScriptError>
            if let text = texts[number] {
                result = convert(parameter: number, text: text)
            } else if let entry = profile.flatMap({ entries.profiles[$0] }) ?? entries.initial {
                result = evaluate(entry, context, parameter.variable.kind)
            } else {
                result = .failure(
                    ScriptError.value(
                        "needs a value: --set \(parameter.variable.name)=… or a profile"
                    )
                )
            }
            switch result {
            case .success(let value): context.parameters.append(value)
            case .failure(let error):
                context.parameters.append(.unset)
                problems.append(
                    ParameterProblems.Problem(
                        parameter: number,
                        message: "‘\(parameter.variable.name)’: \(error.message)",
                        place: parameter.place
                    )
                )
            }
        }
        return problems.isEmpty
            ? .success(context.parameters) : .failure(ParameterProblems(problems: problems))
    }

    private func evaluate(
        _ entry: Entry,
        _ context: FiberContext,
        _ kind: Kind
    ) -> Result<Value, ScriptError> {
        let noFiles = FileLoader { _ in
            .failure(FileFailure(reason: "script.permission", message: "a parameter reads no file"))
        }
        let preparation = Preparation(code: code, context: context, files: noFiles)
        return preparation.value(of: entry, seed: Randomness(seed: context.seed))
            .flatMap { value in
                Result { () throws(ScriptError) in try value.converted(to: kind) }
            }
    }
}

/// What is wrong with the values of parameters.
public struct ParameterProblems: Error, Sendable {
    /// One of them.
    public struct Problem: Sendable {
        /// The parameter's number.
        public var parameter: Int
        /// What is wrong, with its name.
        public var message: String
        /// Where it is declared.
        public var place: SourcePlace
    }

    /// All of them, in order.
    public var problems: [Problem]
}
