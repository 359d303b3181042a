import ParleyDiagnostics
import ParleyEngine
import ParleyMachine

extension JSONWriter {
    mutating func member(_ name: String, seconds nanoseconds: Int64) {
        member(name, Double(nanoseconds) / 1e9)
    }

    mutating func member(_ name: String, list: [String]) {
        member(name, list: list) { json, text in json.value(text) }
    }

    mutating func member<Item>(
        _ name: String,
        list: [Item],
        _ write: (inout JSONWriter, Item) -> Void
    ) {
        key(name)
        array { json in
            for item in list { write(&json, item) }
        }
    }

    mutating func member(_ name: String, place: SourcePlace) {
        let position = place.source.position(at: place.range.start)
        key(name)
        object { json in
            json.member("file", place.source.name)
            json.member("line", position.line)
            json.member("column", position.column)
        }
    }

    /// Octets as text, and exactly where text would lose some.
    mutating func members(text octets: [UInt8]) {
        key("text")
        value(octets: octets)
        if String(validating: octets, as: UTF8.self) == nil {
            member("base64", Base64Text.encode(octets))
        }
    }

    mutating func members(_ run: RunInfo) {
        member("id", run.id)
        // Readers that hold numbers as doubles would lose its last digits.
        member("seed", "\(run.seed)")
        member("started", seconds: run.started)
        member("tests", run.testCount)
        member("files", list: run.files)
    }

    mutating func members(_ test: TestInfo) {
        member("title", test.title)
        member("identity", test.identity)
        member("tags", list: test.tags)
        member("place", place: test.place)
    }

    mutating func members(_ session: SessionInfo) {
        member("session", session.id)
        member("label", session.label)
        member("protocol", session.protocolName)
        member("target", session.target)
    }

    mutating func members(_ tls: TLSInfo) {
        member("version", tls.version)
        member("cipher", tls.cipher)
        member("verified", tls.isVerified)
    }

    mutating func members(_ note: FiberNote) {
        switch note {
        case .stepStarted(let title): member("title", title)
        case .stepFinished(let title, let verdict):
            member("title", title)
            member("verdict", verdict.rawValue)
        case .held(let place):
            member("verdict", Verdict.pass.rawValue)
            member("place", place: place)
        case .found(let finding):
            key("finding")
            object { json in json.members(finding) }
        case .measured(let name, let value, let unit, let verdict):
            member("name", name)
            member("value", value)
            member("unit", unit)
            member("verdict", verdict.rawValue)
        case .logged(let text): member("text", text)
        case .retrying(let round, let finding):
            member("round", round)
            if let finding {
                key("finding")
                object { json in json.members(finding) }
            }
        }
    }

    mutating func members(_ result: TestResult) {
        members(result.info)
        member("verdict", result.verdict.rawValue)
        if result.failedAsExpected { member("failedAsExpected", true) }
        let worst = result.findings.map(\.verdict).max()
        if let decisive = result.findings.first(where: { $0.verdict == worst }) {
            member("reason", decisive.reason)
            member("stage", decisive.stage)
            member("message", decisive.message)
        }
        member("attempts", result.attempts)
        member("took", seconds: result.took)
        member("findings", list: result.findings) { json, finding in
            json.object { $0.members(finding) }
        }
        let dialogues = result.dialogues.sorted { $0.key < $1.key }
        member("dialogues", list: dialogues) { json, dialogue in
            json.object { $0.members(dialogue.value) }
        }
    }

    mutating func members(_ summary: RunSummary) {
        key("counts")
        object { json in
            for verdict in Verdict.allCases {
                json.member(verdict.rawValue, summary.counts[verdict] ?? 0)
            }
        }
        member("took", seconds: summary.took)
        member("interrupted", summary.wasInterrupted)
        member("exit", summary.exitCode)
    }

    private mutating func members(_ finding: Finding) {
        member("verdict", finding.verdict.rawValue)
        member("reason", finding.reason)
        member("stage", finding.stage)
        member("message", finding.message)
        member("place", place: finding.place)
        let source = finding.place.source
        member("values", list: finding.values) { json, value in
            let position = source.position(at: value.anchor)
            json.object { json in
                json.member("line", position.line)
                json.member("column", position.column)
                json.member("value", value.text)
            }
        }
        member("nearest", ifPresent: finding.nearest)
        member("notes", list: finding.notes)
        member("help", ifPresent: finding.help)
        if let session = finding.session { member("session", session) }
        member("steps", list: finding.steps)
    }

    private mutating func members(_ dialogue: Dialogue) {
        members(dialogue.session)
        member("peer", dialogue.peer)
        if let tls = dialogue.tls {
            key("tls")
            object { json in json.members(tls) }
        }
        member("dropped", dialogue.dropped)
        member("lines", list: dialogue.lines) { json, line in
            json.object { json in
                json.member("time", seconds: line.time)
                json.member("from", line.speaker.rawValue)
                json.members(text: line.text)
                if !line.isComplete { json.member("complete", false) }
            }
        }
    }
}
