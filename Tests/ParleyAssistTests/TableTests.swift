import ParleyAssist
import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire
import Testing

/// What the parser and the checker know is offered somewhere: nothing is forgotten when a table
/// grows.
@Suite("The tables in completion")
struct TableTests {
    private static let server = "server s smtp on h:auto {\n    "

    /// Places that between them see every word.
    private static let places: [String] =
        [
            "‸", "test \"t\" ‸", "before ‸", "timeouts ‸", "secret x = ‸", "param x: ‸",
            "test \"t\" tags [x] timeout 1s retry 1 ‸", "defaults {\n    ‸\n}", "server s ‸",
            "server s smtp ‸", "server s smtp on h:auto ‸", "dialogue d(a: ‸",
            "use \"f\" ‸",
            server + "‸\n}", server + "on ‸\n}", server + "on rcpt ‸\n}", server + "at ‸\n}",
            server + "at most 2 ‸\n}", server + "on rcpt => ‸\n}",
            server + "on rcpt => dribble 1B ‸\n}", server + "on auth => sasl ‸\n}",
            server + "on tls => alert ‸\n}", server + "certificate ‸\n}", server + "staple ‸\n}",
            server + "client-certificate ‸\n}", server + "cert f ‸\n}",
            "test \"t\" {\n    connect ‸\n}", "test \"t\" {\n    connect lmtp h\n    ‸\n}",
        ]
        + [
            "‸", "} ‸", "} else ‸", "quit => ‸", "quit => 221 ‸", "quit else ‸", "connect smtp h ‸",
            "connect smtp h => ‸", "expect ‸", "expect cert ‸", "expect grey.log ‸",
            "expect hello.code ‸", "expect same-as ‸", "expect nobody ‸", "expect true else ‸",
            "measure m = 1s ‸", "for x in ‸", "for x ‸", "for x in hello.lines ‸", "eventually ‸",
            "pipeline ‸", "receive ‸", "close ‸", "send ‸", "tls ‸", "tls offers h ‸",
            "connect smtp h min ‸", "starttls verify ‸", "auth ‸", "auth best ‸",
            "expect run.‸", "expect probe.‸", "expect offers ‸", "expect offers AUTH [‸",
            "expect box.‸", "connect smtp h proxy v2 ‸",
        ].map { body($0) }

    /// Places behind each verb and its arguments, and behind the words of its clauses.
    private static var verbPlaces: [String] {
        var lines: [String] = []
        for (spec, protocolName) in specs {
            let arguments = spec.slots.filter { !$0.isOptional }.map { _ in "x" }
            let connect = protocolName.map { "connect \($0) h:1\n    " } ?? ""
            let start = connect + ([spec.name] + arguments).joined(separator: " ")
            lines += [connect + "‸", connect + spec.name + " ‸", start + " ‸"]
            for count in arguments.indices {
                let some = arguments[..<count].joined(separator: " ")
                lines.append("\(connect)\(spec.name) \(some) ‸")
            }
            for clause in spec.clauses where clause.words.count > 1 || clause.slot != nil {
                for count in 1...clause.words.count {
                    let words = clause.words[..<count].joined(separator: " ")
                    lines.append("\(start) \(words) ‸")
                }
            }
            for row in spec.parameters { lines.append("\(start) \(row.name)=‸") }
        }
        return lines.map { body($0) }
    }

    /// Every row, once for each family of protocols, with a protocol that has it.
    private static var specs: [(spec: VerbSpec, protocolName: String?)] {
        var seen: Set<String> = []
        var rows: [(VerbSpec, String?)] = []
        for known in Protocols.registry.protocols where !known.isReserved {
            guard seen.insert(known.family).inserted else { continue }
            rows += known.verbs.filter { !$0.isReserved }.map { ($0, known.name) }
        }
        return rows
            + LanguageTables.wordStatements.filter { !$0.isReserved }.map { ($0, nil) }
    }

    private static func offered(at places: [String]) throws -> Set<String> {
        var words: Set<String> = []
        for place in places { words.formUnion(try Typed(place).words) }
        return words
    }

    @Test func `every keyword is offered somewhere`() throws {
        let offered = try Self.offered(at: Self.places + Self.verbPlaces)
        let symbols = Keywords.operators + Keywords.constants + Keywords.predicates
        for word in Keywords.statements.map(\.word) + Keywords.clauses + symbols {
            #expect(offered.contains(word), "\(word)")
        }
    }

    @Test func `every verb with its clauses, words and parameters is offered somewhere`() throws {
        let offered = try Self.offered(at: Self.places + Self.verbPlaces)
        #expect(Self.specs.count > 20)
        for (spec, _) in Self.specs {
            #expect(offered.contains(spec.name), "\(spec.name)")
            for word in spec.clauses.flatMap(\.words) {
                #expect(offered.contains(word), "\(spec.name) \(word)")
            }
            for row in spec.parameters {
                let text = row.value == .none ? row.name : "\(row.name)="
                #expect(offered.contains(text), "\(spec.name) \(text)")
                if case .keyword(let values) = row.value {
                    for value in values { #expect(offered.contains(value), "\(text)\(value)") }
                }
            }
            for slot in spec.slots + spec.clauses.compactMap(\.slot) {
                switch slot.kind {
                case .keyword(let words), .mechanism(let words):
                    for word in words { #expect(offered.contains(word), "\(spec.name) \(word)") }
                default: break
                }
            }
        }
    }

    @Test func `every protocol, function, kind, attribute and server's word is offered`() throws {
        let offered = try Self.offered(at: Self.places)
        let words =
            Protocols.registry.protocols.filter { !$0.isReserved }.map(\.name)
            + BuiltinSignatures.all.map(\.builtin.rawValue) + LanguageTables.parameterKinds
            + SessionAttribute.allCases.map(\.rawValue) + ServerDeclaration.settingNames
            + ServerAction.words.map(\.word) + LanguageTables.saslFaults + LanguageTables.alerts
            + LanguageTables.limits + LanguageTables.serverEvents + LanguageTables.secretSources
            + ["certificate", "staple", "client-certificate"]
            .flatMap { LanguageTables.values(ofSetting: $0) } + SASLMechanisms.names
        for word in words { #expect(offered.contains(word), "\(word)") }
    }

    /// A kind with fields, and an expression that has it.
    @Test(arguments: [
        ("hello", Kind.reply), ("tls", .tls), ("cert", .certificate), ("cert.key", .key),
        ("capabilities", .capabilities), ("grey", .server), ("peer", .endpoint),
        ("grey.log", .log), ("user", .address), ("hello.lines", .list(.string)),
        ("banner", .string),
    ])
    func `every field of a kind is offered behind a value of it`(
        _ value: String,
        _ kind: Kind
    ) throws {
        let words = try Typed(body("expect \(value).‸")).words
        let rows = KindFields.rows(of: kind)
        #expect(!rows.isEmpty)
        for row in rows { #expect(words.contains(row.field.rawValue), "\(row.field)") }
    }

    @Test func `the parser takes every action of a server as the table writes it`() throws {
        for row in ServerAction.words {
            let usage = row.usage.replacing(" [within 5s]", with: "")
            let lead = row.word == "repeat" ? "raw \"x\" " : ""
            let text = "server s smtp on h:auto {\n    on ehlo => \(lead)\(usage)\n}\n‸"
            let typed = try Typed(text)
            #expect(typed.tree.damage.isEmpty, "\(row.usage)")
        }
    }

    @Test func `the statements that read words are what the checker takes`() throws {
        for spec in LanguageTables.wordStatements where !spec.isReserved {
            let diagnostics = try Typed(body("\(spec.name)\n‸")).study.diagnostics
            #expect(!diagnostics.contains { $0.code == "script.verb.unknown" }, "\(spec.name)")
        }
    }
}
