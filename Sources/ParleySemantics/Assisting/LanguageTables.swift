import ParleySyntax
public import ParleyVerbs

/// The tables that the checker reads and that are no verbs of a protocol, for completion and for
/// what an editor tells of a word.
public enum LanguageTables {
    /// The statements that read words like a verb and belong to no protocol.
    public static let wordStatements: [VerbSpec] = [
        Checking.connectSpec,
        VerbSpec(
            "close",
            help: "end the session without the protocol's farewell being judged",
            slots: [
                SlotSpec(
                    "how",
                    .keyword(CloseForm.allCases.dropFirst().map(\.rawValue)),
                    optional: true
                )
            ]
        ),
        VerbSpec(
            "send",
            help: "send a line, or octets, as they are written",
            slots: [
                SlotSpec("framing", .keyword(["raw", "lf", "cr", "long"]), optional: true),
                SlotSpec("text", .text, rest: true),
            ],
            clauses: [ClauseSpec(["in", "clear"])]
        ),
        VerbSpec(
            "receive",
            help: "read what the server says",
            slots: [
                SlotSpec("unit", .keyword(["line", "reply", "bytes", "until"])),
                SlotSpec("number", .number, optional: true),
            ]
        ),
        VerbSpec("start", help: "start a scripted server", slots: [SlotSpec("server", .text)]),
        VerbSpec("stop", help: "stop a scripted server", slots: [SlotSpec("server", .text)]),
        Checking.surveySpec,
        later("resolve"),
        VerbSpec(
            "signal",
            help: "let those go on who await this signal",
            slots: [SlotSpec("name", .text)]
        ),
        VerbSpec(
            "await",
            help: "wait until somebody gives this signal",
            slots: [SlotSpec("name", .text)]
        ),
    ]

    /// The row of such a statement.
    public static func wordStatement(_ name: String) -> VerbSpec? {
        wordStatements.first { $0.name == name }
    }

    /// What a rule of a scripted server can stand for besides verbs that Parley says.
    public static let serverEvents = Checking.serverEvents + Checking.serverVerbs

    /// The words to choose from behind a setting of a scripted server; none where it is free.
    public static func values(ofSetting name: String) -> [String] {
        switch name {
        case "certificate": Checking.certificateKinds
        case "staple": Checking.staples
        case "client-certificate": Checking.demands
        default: []
        }
    }

    /// How a setting of a scripted server is written: `certificate KIND`.
    public static func usage(ofSetting name: String) -> String { Checking.settingUsage(name) }

    /// What can be wrong with a SASL exchange of a scripted server.
    public static let saslFaults = Checking.saslFaults

    /// The names of the alerts of TLS.
    public static let alerts = TLSAlertNames.all.map(\.name)

    /// Where a secret comes from.
    public static let secretSources = Checking.secretSources

    /// What `defaults` can set besides the limits of single verbs.
    public static let limits = Checking.limitNames

    /// The sets that `timeouts` names.
    public static let timeouts = ["rfc5321"]

    /// The kinds that a parameter of a dialogue can have.
    public static let parameterKinds = Kind.passable.map(\.name)

    /// Names with fields that are always there, with their fields.
    public static func fields(of namespace: String) -> [String] {
        Builtin.allCases.map(\.rawValue).filter { $0.hasPrefix(namespace + ".") }
            .map { String($0.dropFirst(namespace.utf8.count + 1)) }
    }

    /// The names with fields that are always there: `run`, `probe`.
    public static let namespaces = Checking.namespaces.sorted()

    /// What may stand behind `=>` in the place of a code; `refused` behind `connect` only.
    public static let answers = Keywords.outcomes

    private static func later(_ name: String) -> VerbSpec {
        VerbSpec(name, help: "comes with later work", isReserved: true)
    }
}
