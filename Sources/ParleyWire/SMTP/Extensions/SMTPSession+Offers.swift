internal import ParleyVerbs

extension SMTPSession {
    /// Why a verb or one of its parameters cannot be sent for want of an extension, or `nil`.
    func offer(_ call: VerbCall, _ verb: SMTPVerb?, isEncrypted: Bool) -> WireError? {
        guard !call.isUnoffered else { return nil }
        if let keyword = call.spec.requires, !offers(keyword) {
            return notOffered(call, keyword)
        }
        switch verb {
        case .mail, .rcpt:
            for argument in call.arguments where argument.slot > 0 {
                let parameter = ParameterText(argument.bytes)
                if let problem = offer(call, parameter, isEncrypted: isEncrypted) {
                    return problem
                }
            }
            return international(call, verb)
        case .xclient, .xforward:
            let offered = capabilities?.parameters(of: call.spec.wireName) ?? []
            for argument in call.arguments {
                let name = ParameterText(argument.bytes).name
                guard offered.contains(where: { $0.asciiUppercased == name }) else {
                    return WireError(
                        .notOffered,
                        "\(call.spec.wireName): the server does not take \(name)"
                    )
                }
            }
            return nil
        default: return nil
        }
    }

    private func offer(
        _ call: VerbCall,
        _ parameter: ParameterText,
        isEncrypted: Bool
    ) -> WireError? {
        guard let spec = call.spec.parameter(parameter.name) else { return nil }
        // A value's own extension stands in for the parameter's (RFC 3030 §3).
        let value = parameter.value?.asciiUppercased ?? ""
        if let keyword = spec.requiresForValue[value] {
            guard offers(keyword) else {
                return notOffered(call, keyword, for: "\(spec.name)=\(value)")
            }
        } else if let keyword = spec.requires, !offers(keyword) {
            return notOffered(call, keyword, for: spec.name)
        }
        guard !spec.needsTLS || isEncrypted else {
            return WireError(
                .notOffered,
                "\(call.spec.wireName): \(spec.name) counts only under TLS"
            )
        }
        return nil
    }

    /// RFC 6531 §3.4: a path beyond ASCII needs the extension and, in MAIL, its parameter.
    private func international(_ call: VerbCall, _ verb: SMTPVerb?) -> WireError? {
        guard call.arguments.first?.bytes.contains(where: { $0 >= 0x80 }) == true else {
            return nil
        }
        guard offers("SMTPUTF8") else {
            return notOffered(call, "SMTPUTF8", for: "a path beyond ASCII")
        }
        let isAnnounced =
            verb == .mail
            ? Transaction(call).isInternational : transaction.isInternational
        guard !isAnnounced else { return nil }
        return WireError(
            .verb,
            "\(call.spec.wireName): a path beyond ASCII needs the parameter SMTPUTF8 behind MAIL"
        )
    }

    private func offers(_ keyword: String) -> Bool { capabilities?.offers(keyword) == true }

    private func notOffered(
        _ call: VerbCall,
        _ keyword: String,
        for what: String? = nil
    ) -> WireError {
        let why = what.map { ", which \($0) needs" } ?? ""
        return WireError(
            .notOffered,
            "\(call.spec.wireName): the server does not offer \(keyword)\(why)"
        )
    }
}
