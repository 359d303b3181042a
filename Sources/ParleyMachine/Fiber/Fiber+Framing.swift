import ParleyDiagnostics
import ParleyMail

extension Fiber {
    /// The longest line that `send long` makes, in octets.
    private static let longestLine = 16 << 20

    /// The octets of a `send` or `body`, and whether a secret came with its framing.
    func framed(
        _ octets: [UInt8],
        _ framing: SendSite.Framing,
        _ session: any SessionHandle
    ) throws -> (bytes: [UInt8], isSecret: Bool) {
        switch framing {
        case .raw:
            return (octets, false)
        case .line(let end):
            try refuseControls(octets)
            return (octets + end.octets, false)
        case .long(let register):
            try refuseControls(octets)
            return (try padded(octets, to: registers[Int(register)]), false)
        case .content(let framing, let ending):
            guard session.state == "data" else {
                throw Failure(
                    finding: Finding(
                        verdict: .fail,
                        reason: "\(session.family).out-of-turn",
                        stage: "body",
                        message: "BODY: the server does not await a message; `data => 354` comes"
                            + " first",
                        place: code.place(at: position),
                        session: session.id,
                        steps: steps
                    ),
                    isHopeless: false
                )
            }
            let ending = ending.map { registers[Int($0)] }
            return (
                framing.octets(octets, ending: try ending?.octets()), ending?.isSecret ?? false
            )
        }
    }

    private func refuseControls(_ octets: [UInt8]) throws {
        guard let found = Word.forbidden(octets) else { return }
        throw ScriptError.value(
            "\(found) cannot be sent in a line; ‘send raw’ sends octets as they are"
        )
    }

    /// A line of so many octets, its CRLF included.
    private func padded(_ octets: [UInt8], to length: Value) throws -> [UInt8] {
        guard let length = length.bare.magnitude, length >= 2, length <= Int64(Self.longestLine)
        else { throw ScriptError.value("‘send long’ takes a length from 2 octets to 16 MB") }
        guard octets.count + 2 <= length else {
            throw ScriptError.value("the line is longer than the \(length) octets of ‘send long’")
        }
        var line = octets
        line.reserveCapacity(Int(length))
        if !line.isEmpty, line.count + 2 < length { line.append(0x20) }
        line += repeatElement(0x78, count: Int(length) - 2 - line.count)
        return line + [0x0D, 0x0A]
    }
}
