import ParleyDiagnostics
import ParleySemantics

extension CompiledProgram {
    /// The tests with their cases, all titles made and all files with constant names read, before
    /// any socket opens.
    ///
    /// - Parameters:
    ///   - context: the run, parameters and secrets included.
    ///   - files: reads a file below the script's folder.
    /// - Returns: what to run, in order, and what is wrong: errors forbid the run, warnings do not.
    public func instantiate(
        _ context: FiberContext,
        files: (String) -> Result<[UInt8], FileFailure>
    ) -> (instances: [TestInstance], findings: [Finding]) {
        withoutActuallyEscaping(files) { files in
            var maker = InstanceMaker(code: code, context: context, loader: FileLoader(files))
            maker.run()
            return (maker.instances, maker.findings)
        }
    }
}

/// Makes instances of tests.
private struct InstanceMaker {
    let code: ProgramCode
    let context: FiberContext
    let loader: FileLoader
    var instances: [TestInstance] = []
    var findings: [Finding] = []
    private var drafts: [Draft] = []
    private var titles: [String: Int] = [:]

    private struct Draft {
        var test: Int
        var title: String
        var identity: String
        var row: Value?
    }

    init(code: ProgramCode, context: FiberContext, loader: FileLoader) {
        self.code = code
        self.context = context
        self.loader = loader
    }

    mutating func run() {
        for file in code.entries.files {
            if case .failure(let failure) = loader.load(file.path) {
                add(.error, failure.reason, failure.message, file.place)
            }
        }
        guard findings.isEmpty else { return }
        for test in code.entries.tests.indices { draft(test) }
        let cache = FileCache(loader.contents)
        for draft in drafts {
            let test = code.program.tests[draft.test]
            instances.append(
                TestInstance(
                    index: instances.count,
                    title: unique(draft.title),
                    identity: draft.identity,
                    tags: test.tags,
                    timeout: test.timeout,
                    retries: test.retries,
                    expectedReason: test.expectedReason,
                    place: test.place,
                    caseValue: draft.row,
                    test: draft.test,
                    files: cache
                )
            )
        }
    }

    private mutating func draft(_ number: Int) {
        let test = code.program.tests[number]
        let entries = code.entries.tests[number]
        let identity = "\(test.place.source.name)|\(test.titleTemplate)"
        guard let rows = entries.rows else {
            add(number, identity, row: nil)
            return
        }
        let preparation = Preparation(code: code, context: context, files: loader)
        let seed = Randomness(seed: context.seed, identity: identity, attempt: 1)
        let place = test.cases?.rows.place ?? test.place
        switch preparation.value(of: rows, seed: seed) {
        case .failure(let error): add(.error, error.reason, error.message, place)
        case .success(let list):
            do {
                let count = try Iteration.count(list)
                guard count <= 100_000 else {
                    return add(.error, "script.value", "more than 100000 cases", place)
                }
                guard count > 0 else {
                    let text = "‘\(test.titleTemplate)’ has no cases, so it does not run"
                    return add(.warn, "script.cases", text, place)
                }
                for index in 0..<count {
                    guard let row = try Iteration.element(index, of: list) else { break }
                    add(number, "\(identity)|\(row.display)", row: row)
                }
            } catch {
                add(.error, error.reason, error.message, place)
            }
        }
    }

    private mutating func add(_ number: Int, _ identity: String, row: Value?) {
        let entries = code.entries.tests[number]
        guard let entry = entries.title else {
            drafts.append(
                Draft(test: number, title: entries.constantTitle, identity: identity, row: row)
            )
            return
        }
        let preparation = Preparation(code: code, context: context, files: loader)
        let seed = Randomness(seed: context.seed, identity: identity, attempt: 1)
        let binding = row.map { (register: entries.caseRegister, value: $0) }
        do {
            let title = try preparation.value(of: entry, seed: seed, binding: binding).get()
            let text = title.isSecret ? "‹secret›" : try title.text()
            drafts.append(Draft(test: number, title: text, identity: identity, row: row))
        } catch {
            add(.error, error.reason, error.message, code.program.tests[number].title.place)
        }
    }

    /// The title, with a number behind it if there was the same before.
    private mutating func unique(_ title: String) -> String {
        let count = (titles[title] ?? 0) + 1
        titles[title] = count
        guard count > 1 else { return title }
        var number = count
        while titles["\(title) #\(number)"] != nil { number += 1 }
        titles["\(title) #\(number)"] = 1
        return "\(title) #\(number)"
    }

    private mutating func add(
        _ verdict: Verdict,
        _ reason: String,
        _ message: String,
        _ place: SourcePlace
    ) {
        findings.append(Finding(verdict: verdict, reason: reason, message: message, place: place))
    }
}
