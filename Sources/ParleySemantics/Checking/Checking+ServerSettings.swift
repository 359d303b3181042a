import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// The settings of a server: those in its header, then those on lines of their own.
    func serverOptions(
        _ declaration: ServerDeclaration,
        _ texts: inout [CheckedExpression]
    ) -> ServerOptions {
        var options = ServerOptions()
        var words = declaration.clauses[...]
        while let word = words.popFirst() {
            let name = word.literal ?? ""
            guard ServerDeclaration.settingNames.contains(name), !word.isQuoted else {
                report(
                    .nameSetting,
                    "a server has no setting ‘\(name)’",
                    at: word.range,
                    help: suggestion(name, ServerDeclaration.settingNames)
                        ?? "it has: \(ServerDeclaration.settingNames.joined(separator: ", "))"
                )
                continue
            }
            serverSetting(Identifier(name, word.range), &words, &options, &texts)
        }
        for setting in declaration.settings {
            var words = setting.words[...]
            serverSetting(setting.name, &words, &options, &texts)
            if let word = words.first {
                report(
                    .verbUsage,
                    "‘\(source.text(word.range))’ is one word too many",
                    at: word.range,
                    help: "write `\(Self.settingUsage(setting.name.text))`"
                )
            }
        }
        return options
    }

    static func settingUsage(_ name: String) -> String {
        switch name {
        case "alpn": "alpn smtp"
        case "anywhere": "anywhere"
        case "bandwidth": "bandwidth 10KB/s"
        case "cert": "cert FILE key FILE"
        case "certificate": "certificate KIND"
        case "client-certificate": "client-certificate required"
        case "iterations": "iterations 4096"
        case "latency": "latency 50ms"
        case "name": "name mx.example.net"
        case "replays": "replays mx.example.net:25"
        case "staple": "staple good"
        case "tickets": "tickets 0"
        case "tls": "tls TLSv1.2..TLSv1.3"
        case "user": "user NAME PASSWORD"
        default: "\(name) LIST"
        }
    }

    static let certificateKinds = [
        "good", "expired", "not-yet-valid", "self-signed", "untrusted", "wrong-host", "cn-only",
        "weak-key", "missing-intermediate", "long-chain", "large", "unknown-critical-extension",
        "revoked",
    ]

    static let staples = ["good", "revoked", "expired"]
    static let demands = ["wanted", "required"]

    /// One setting, which takes its arguments off the words behind it.
    private func serverSetting(
        _ name: Identifier,
        _ words: inout ArraySlice<Word>,
        _ options: inout ServerOptions,
        _ texts: inout [CheckedExpression]
    ) {
        func argument() -> Word? {
            if let word = words.popFirst() { return word }
            report(
                .verbUsage,
                "‘\(name.text)’ lacks its argument",
                at: name.range,
                help: "write `\(Self.settingUsage(name.text))`"
            )
            return nil
        }
        func add(_ word: Word, _ texts: inout [CheckedExpression]) -> Int {
            texts.append(text(word, isWord: false))
            return texts.count - 1
        }
        guard name.text != "anywhere" else {
            options.mayLeaveLoopback = true
            return
        }
        guard let word = argument() else { return }
        switch name.text {
        case "certificate":
            guard let kind = keyword(word, Self.certificateKinds, what: "the certificate's kind")
            else { return }
            options.certificate = kind
            switch kind {
            case "long-chain":
                guard let amount = argument() else { return }
                options.certificateAmount = bounded(amount, in: 1...1000, "a chain's length") ?? 1
            case "large":
                guard let amount = argument(),
                    case .size(let octets)? = constant(
                        amount,
                        as: .size,
                        what: "a certificate's size"
                    )
                else { return }
                options.certificateAmount = Int(clamping: min(octets, 8 << 20))
            default: break
            }
        case "cert":
            let certificate = add(word, &texts)
            guard words.first?.literal == "key", words.popFirst() != nil, let key = argument()
            else {
                report(
                    .verbUsage,
                    "‘cert’ lacks its key",
                    at: word.range,
                    help: "write `\(Self.settingUsage("cert"))`"
                )
                return
            }
            options.files = ServerOptions.Files(certificate: certificate, key: add(key, &texts))
        case "name":
            if case .domain(let domain)? = constant(word, as: .domain, what: "a server's name") {
                options.names.append(domain)
            }
        case "tls": options.tlsVersions = tlsVersions(word)
        case "replays": replays(word, &words, &options)
        case "ciphers": options.ciphers = list(word)
        case "suites": options.suites = list(word)
        case "groups": options.groups = list(word)
        case "alpn":
            if let protocolName = list(word) {
                options.applicationProtocols.append(protocolName)
            }
        case "staple":
            options.staple = keyword(word, Self.staples, what: "the staple")
        case "client-certificate":
            options.clientCertificate = keyword(word, Self.demands, what: "it")
        case "tickets": options.tickets = bounded(word, in: 0...16, "a number of tickets")
        case "iterations":
            options.iterations = bounded(word, in: 0...Int.max, "a number of iterations")
        case "latency": options.latency = constantDuration(word, what: "the latency") ?? 0
        case "bandwidth": options.bandwidth = bandwidth(word) ?? 0
        case "user":
            guard let password = argument() else { return }
            let user = add(word, &texts)
            options.users.append(
                ServerOptions.User(name: user, password: add(password, &texts))
            )
        default: break
        }
    }

    func list(_ word: Word) -> String? {
        guard let literal = word.literal, !literal.isEmpty else {
            report(.typeConstant, "this must be written out", at: word.range)
            return nil
        }
        return literal
    }

    private func bounded(_ word: Word, in range: ClosedRange<Int>, _ what: String) -> Int? {
        guard case .int(let number)? = constant(word, as: .int, what: what) else { return nil }
        guard range.contains(number) else {
            report(
                .typeLiteral,
                "\(what) is between \(range.lowerBound) and \(range.upperBound)",
                at: word.range
            )
            return nil
        }
        return number
    }

    /// `TLSv1.2` or `TLSv1..TLSv1.2`.
    private func tlsVersions(_ word: Word) -> ClosedRange<Int>? {
        let ends = (word.literal ?? "").split(separator: "..", maxSplits: 1)
        guard ends.count == 2 else {
            guard
                case .tlsVersion(let version)? = constant(
                    word,
                    as: .tlsVersion,
                    what: "the TLS version"
                )
            else { return nil }
            return version...version
        }
        let versions = ends.compactMap { end -> Int? in
            guard
                case .constant(.tlsVersion(let version)) = constant(
                    String(end),
                    as: .tlsVersion,
                    at: word.range
                ).form
            else { return nil }
            return version
        }
        guard versions.count == 2 else { return nil }
        guard versions[0] <= versions[1] else {
            report(.typeLiteral, "the older version comes first", at: word.range)
            return nil
        }
        return versions[0]...versions[1]
    }

    /// `10KB/s`
    private func bandwidth(_ word: Word) -> Int? {
        let literal = word.literal ?? ""
        guard literal.hasSuffix("/s"),
            case .constant(.size(let octets)) = constant(
                String(literal.dropLast(2)),
                as: .size,
                at: word.range
            ).form,
            octets > 0
        else {
            report(
                .typeLiteral,
                "a bandwidth is a size a second",
                at: word.range,
                help: "write `\(Self.settingUsage("bandwidth"))`"
            )
            return nil
        }
        return Int(clamping: octets)
    }
}
