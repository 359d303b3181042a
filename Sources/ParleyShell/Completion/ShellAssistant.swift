/// Knows the commands.
struct ShellAssistant: LineAssistant {
    func completion(of input: String, at offset: Int) -> Completion {
        let typed = Array(input.utf8.prefix(offset))
        guard typed.first == UInt8(ascii: ":"), !typed.contains(UInt8(ascii: " ")) else {
            return Completion(range: offset..<offset, candidates: [])
        }
        let name = String(decoding: typed.dropFirst(), as: UTF8.self)
        let candidates = ShellCommands.all.filter { $0.name.hasPrefix(name) }
            .map { Completion.Candidate(":" + $0.name, help: $0.help) }
        return Completion(range: 0..<offset, candidates: candidates)
    }

    func hint(for input: String, at offset: Int) -> String? { nil }
}

extension Shell {
    /// Helps with the next line, on what is known now.
    public var assistant: any LineAssistant { ShellAssistant() }
}
