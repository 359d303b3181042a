/// A ClientHello made by hand, which may offer what OpenSSL no longer speaks.
///
/// It is never followed by anything: the server's choice is all that is wanted. In TLS 1.3 it
/// brings no key share, so that the choice comes as a HelloRetryRequest, RFC 8446 §4.1.4.
public struct SurveyHello: Sendable {
    /// The version that is asked for.
    public let version: TLSVersion
    /// The suites, the most wanted first.
    let suites: [UInt16]
    /// The groups, the most wanted first.
    let groups: [UInt16]
    /// Whether the group of the key exchange must be read, which TLS 1.2 tells later.
    let wantsGroup: Bool

    /// A signalling suite that stands for secure renegotiation, RFC 5746 §3.3.
    private static let renegotiation: UInt16 = 0x00FF
    /// Some servers drop a hello of 256 to 511 octets, RFC 7685 §1.
    private static let fragile = 256..<512

    /// The record that goes out.
    ///
    /// - Parameter serverName: what SNI asks for; `nil` for none.
    public func octets(serverName: String?) -> [UInt8] {
        let isModern = version >= .tls13
        var body: [UInt8] = []
        body.append(word: min(version.number, TLSVersion.tls12.number))
        body += SecureRandom.bytes(32)
        let session = isModern ? SecureRandom.bytes(32) : []
        body.append(UInt8(session.count))
        body += session
        let offered = isModern ? suites : suites + [Self.renegotiation]
        body.append(word: UInt16(truncatingIfNeeded: offered.count * 2))
        for suite in offered { body.append(word: suite) }
        body += [1, 0]
        if version >= .tls10 {
            var extensions = self.extensions(serverName)
            let length = body.count + 2 + extensions.count + 4
            if Self.fragile.contains(length) {
                let padding = max(0, Self.fragile.upperBound - length - 4)
                extensions.append(extension: 21, [UInt8](repeating: 0, count: padding))
            }
            body.append(block: extensions)
        }
        var message: [UInt8] = [1, 0]
        message.append(block: body)
        var record: [UInt8] = [22, 3, version >= .tls10 ? 1 : 0]
        record.append(block: message)
        return record
    }

    private func extensions(_ serverName: String?) -> [UInt8] {
        var all: [UInt8] = []
        if let serverName, !serverName.isEmpty, serverName.utf8.count <= 255 {
            var name: [UInt8] = [0]
            name.append(block: Array(serverName.utf8))
            var list: [UInt8] = []
            list.append(block: name)
            all.append(extension: 0, list)
        }
        if !groups.isEmpty {
            var list: [UInt8] = []
            for group in groups { list.append(word: group) }
            var block: [UInt8] = []
            block.append(block: list)
            all.append(extension: 10, block)
            all.append(extension: 11, [1, 0])
        }
        if version >= .tls12 {
            var list: [UInt8] = []
            for algorithm in Self.signatures { list.append(word: algorithm) }
            var block: [UInt8] = []
            block.append(block: list)
            all.append(extension: 13, block)
        }
        if version >= .tls13 {
            all.append(extension: 43, [2, 3, 4])
            all.append(extension: 45, [1, 1])
            all.append(extension: 51, [0, 0])
        }
        return all
    }

    /// Every algorithm that a server may sign with, the weak ones last.
    private static let signatures: [UInt16] = [
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B,
        0x081A, 0x081B, 0x081C, 0x0401, 0x0501, 0x0601, 0x0303, 0x0301, 0x0302, 0x0402, 0x0502,
        0x0602, 0x0203, 0x0201, 0x0202, 0x0101,
    ]
}

extension [UInt8] {
    fileprivate mutating func append(word: UInt16) {
        append(UInt8(word >> 8))
        append(UInt8(word & 0xFF))
    }

    /// Octets behind their length in 16 bits.
    fileprivate mutating func append(block: [UInt8]) {
        append(word: UInt16(truncatingIfNeeded: block.count))
        self += block
    }

    fileprivate mutating func append(extension type: UInt16, _ content: [UInt8]) {
        append(word: type)
        append(block: content)
    }
}
