/// Reads a server's first flight as far as its choice, sans-IO.
///
/// What a server may make it hold is bounded: ``limit`` octets in all.
public struct SurveyReader: Sendable {
    /// How many octets may come before the choice is known; certificates are among them.
    public static let limit = 131_072

    private let wantsGroup: Bool
    private var input: [UInt8] = []
    private var handshake: [UInt8] = []
    /// How many octets have come.
    public private(set) var received = 0
    private var hello: (version: UInt16, suite: UInt16)?

    /// A reader of the answer to a hello.
    public init(_ hello: SurveyHello) {
        wantsGroup = hello.wantsGroup
    }

    /// Takes octets of the server.
    ///
    /// - Returns: the answer, once it is known.
    /// - Throws: ``SurveyProblem`` for what is no TLS, or too much of it.
    public mutating func receive(
        _ bytes: UnsafeRawBufferPointer
    ) throws(SurveyProblem) -> SurveyAnswer? {
        received += bytes.count
        input += bytes
        if let answer = try records() { return answer }
        guard received <= Self.limit else {
            throw SurveyProblem("the server sent \(received) octets and no whole answer to it")
        }
        return nil
    }

    private mutating func records() throws(SurveyProblem) -> SurveyAnswer? {
        var start = 0
        defer { input.removeFirst(start) }
        while input.count - start >= 1 {
            guard (20...23).contains(input[start]) else {
                throw SurveyProblem("the server's answer to the ClientHello is no TLS")
            }
            guard input.count - start >= 5 else { return nil }
            let (type, major) = (input[start], input[start + 1])
            let length = Int(input[start + 3]) << 8 | Int(input[start + 4])
            guard major == 3, length > 0, length <= 18_432 else {
                throw SurveyProblem("the server sent a TLS record that cannot be")
            }
            guard input.count - start >= 5 + length else { return nil }
            let content = input[(start + 5)..<(start + 5 + length)]
            start += 5 + length
            switch type {
            case 21:
                // A warning, as on an unknown name, ends nothing.
                if content.first == 2 || content.count != 2 { return .refused }
            case 22:
                handshake += content
                if let answer = try messages() { return answer }
            case 20: break
            default: throw SurveyProblem("the server sent data before its ServerHello")
            }
        }
        return nil
    }

    private mutating func messages() throws(SurveyProblem) -> SurveyAnswer? {
        while handshake.count >= 4 {
            let type = handshake[0]
            let length = Int(handshake[1]) << 16 | Int(handshake[2]) << 8 | Int(handshake[3])
            guard length <= Self.limit else {
                throw SurveyProblem("the server announced a handshake message of \(length) octets")
            }
            guard handshake.count >= 4 + length else { return nil }
            let body = Array(handshake[4..<(4 + length)])
            handshake.removeFirst(4 + length)
            if let answer = try message(type, body) { return answer }
        }
        return nil
    }

    private mutating func message(
        _ type: UInt8,
        _ body: [UInt8]
    ) throws(SurveyProblem) -> SurveyAnswer? {
        guard let hello else {
            // A HelloRequest may come at any time and means nothing here.
            if type == 0 { return nil }
            guard type == 2 else {
                throw SurveyProblem("the server began with handshake message \(type)")
            }
            return try serverHello(body)
        }
        switch type {
        case 12:
            // Curve type 3 is a named one, RFC 8422 §5.4.
            let group =
                body.count >= 3 && body[0] == 3 ? UInt16(body[1]) << 8 | UInt16(body[2]) : nil
            return .chosen(version: hello.version, suite: hello.suite, group: group)
        case 14: return .chosen(version: hello.version, suite: hello.suite, group: nil)
        default: return nil
        }
    }

    private mutating func serverHello(_ body: [UInt8]) throws(SurveyProblem) -> SurveyAnswer? {
        var fields = OctetReader(body)
        guard var version = fields.word(), fields.skip(32), let session = fields.octet(),
            session <= 32, fields.skip(Int(session)), let suite = fields.word(), fields.skip(1)
        else { throw SurveyProblem("the server's ServerHello is cut short") }
        var group: UInt16?
        if !fields.isAtEnd {
            guard let length = fields.word(), Int(length) == fields.left else {
                throw SurveyProblem("the extensions of the server's ServerHello are cut short")
            }
            while !fields.isAtEnd {
                guard let type = fields.word(), let size = fields.word(),
                    let content = fields.take(Int(size))
                else {
                    throw SurveyProblem("an extension of the server's ServerHello is cut short")
                }
                var inner = OctetReader(content)
                if type == 43, let selected = inner.word() { version = selected }
                if type == 51 { group = inner.word() }
            }
        }
        if wantsGroup, version < TLSVersion.tls13.number {
            hello = (version, suite)
            return nil
        }
        return .chosen(version: version, suite: suite, group: group)
    }
}

/// Reads numbers from octets, never beyond their end.
private struct OctetReader {
    private let octets: [UInt8]
    private var position = 0

    init(_ octets: [UInt8]) { self.octets = octets }

    var left: Int { octets.count - position }
    var isAtEnd: Bool { left == 0 }

    mutating func octet() -> UInt8? {
        guard left >= 1 else { return nil }
        position += 1
        return octets[position - 1]
    }

    mutating func word() -> UInt16? {
        guard let high = octet(), let low = octet() else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }

    mutating func skip(_ count: Int) -> Bool { take(count) != nil }

    mutating func take(_ count: Int) -> [UInt8]? {
        guard count >= 0, count <= left else { return nil }
        position += count
        return Array(octets[(position - count)..<position])
    }
}
