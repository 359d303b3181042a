import ParleyNetwork

/// Reads files before the run, each once.
final class FileLoader {
    private let read: (String) -> Result<[UInt8], FileFailure>
    private(set) var contents: [String: [UInt8]] = [:]

    init(_ read: @escaping (String) -> Result<[UInt8], FileFailure>) {
        self.read = read
    }

    func load(_ path: String) -> Result<[UInt8], FileFailure> {
        if let known = contents[path] { return .success(known) }
        let result = read(path)
        if case .success(let bytes) = result { contents[path] = bytes }
        return result
    }
}

/// Evaluates what must be known before the first socket: parameters, rows, titles.
struct Preparation {
    let code: ProgramCode
    let context: FiberContext
    let files: FileLoader

    /// How long a title or the rows may take to compute, in instructions' turns.
    private static let turns = 500

    /// The value of a piece of code that waits for nothing but files.
    func value(
        of entry: Entry,
        seed: Randomness,
        binding: (register: Register, value: Value)? = nil
    ) -> Result<Value, ScriptError> {
        let fiber = Fiber(
            shared: FiberShared(
                code: code,
                context: context,
                title: "",
                timeout: nil,
                files: FileCache(),
                isPreparing: true
            ),
            entry: entry,
            random: seed,
            limit: ActiveLimit(deadline: .max, owner: .nobody, length: 0),
            now: context.startMonotonic
        )
        if let binding { fiber.registers[Int(binding.register)] = binding.value }
        var event = Event.started
        for _ in 0..<Preparation.turns {
            switch fiber.resume(event, now: context.startMonotonic) {
            case .readFile(let path, _): event = .file(files.load(path))
            case .compute(let work, _): event = .computed(work())
            case .yield: event = .done
            case .finished:
                if let finding = fiber.outcome.findings.first {
                    return .failure(ScriptError(finding.reason, finding.message))
                }
                return .success(fiber.registers[Int(entry.result)])
            default:
                return .failure(.value("only values can be computed before the run"))
            }
        }
        return .failure(.value("this takes too long to compute before the run"))
    }
}
