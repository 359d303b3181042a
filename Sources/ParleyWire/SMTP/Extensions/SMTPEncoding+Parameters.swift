internal import ParleyVerbs

extension SMTPEncoding {
    /// Refuses parameters that could not be what the script means: those whose value is not what
    /// its extension demands, and those that would smuggle in further words.
    static func check(_ call: VerbCall) throws(WireError) {
        let verb = call.spec.wireName
        var given: Set<String> = []
        for argument in call.arguments where isParameter(argument, of: call.spec) {
            guard argument.bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
                throw WireError(
                    .verb,
                    "\(verb): a parameter holds a space or a control character; to send it all"
                        + " the same, use `send`"
                )
            }
            let parameter = ParameterText(argument.bytes)
            guard let spec = call.spec.parameter(parameter.name) else { continue }
            guard given.insert(parameter.name).inserted else {
                throw WireError(.verb, "\(verb): \(parameter.name) stands there twice")
            }
            if let problem = spec.problem(with: parameter.value.map(spec.spelled)) {
                // The value may be secret, and the help quotes it as the message does.
                throw WireError(
                    .verb,
                    argument.isSecret
                        ? "\(verb): the value of \(spec.name) is not valid; write \(spec.usage)"
                        : "\(verb): \(problem.message)"
                            + (problem.help.map { "; \($0)" } ?? "")
                )
            }
        }
        for spec in call.spec.parameters where given.contains(spec.name) {
            guard let other = spec.excludes, given.contains(other) else { continue }
            throw WireError(.verb, "\(verb): \(spec.name) and \(other) exclude each other")
        }
    }

    /// Appends an attribute of XCLIENT or XFORWARD; an IPv6 address gets its prefix.
    mutating func appendAttribute(_ argument: VerbArgument, of spec: VerbSpec) {
        var argument = argument
        let parameter = ParameterText(argument.bytes)
        if let row = spec.parameter(parameter.name),
            let value = parameter.value, case let spelled = row.spelled(value), spelled != value
        {
            argument.bytes = Array("\(parameter.name)=\(spelled)".utf8)
        }
        append(argument)
    }

    private static func isParameter(_ argument: VerbArgument, of spec: VerbSpec) -> Bool {
        spec.slots.indices.contains(argument.slot) && spec.slots[argument.slot].kind.isParameter
    }
}
