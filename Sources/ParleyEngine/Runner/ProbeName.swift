import Glibc

/// Who we say we are.
enum ProbeName {
    /// What a host without a domain is called where a name must stand.
    static let unknown = "localhost.localdomain"

    /// The host's name if it is a domain; EHLO says an address literal if it is none, as RFC 5321
    /// §4.1.4 wants it.
    static func ofThisHost() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return unknown }
        let name = String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        let letters = name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E: true
            default: false
            }
        }
        return letters && name.contains(".") ? name : unknown
    }
}
