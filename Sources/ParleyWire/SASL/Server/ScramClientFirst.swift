/// The client's first message of SCRAM, RFC 5802 §7: `n,,n=user,r=…` and its kin.
struct ScramClientFirst {
    /// What the client says of channel binding (`gs2-cbind-flag`).
    enum Flag: Hashable {
        /// `n`: it cannot.
        case unsupported
        /// `y`: it could, and saw that the server could not.
        case notOffered
        /// `p=`: it does, by the type of that name.
        case used(String)
    }

    var flag: Flag
    var authorization: [UInt8]
    var user: [UInt8]
    var nonce: [UInt8]
    /// The GS2 header, which the final message repeats.
    var header: [UInt8]
    /// What is behind the header, which the proof covers.
    var bare: [UInt8]

    /// Takes the message apart.
    init(_ message: [UInt8]) throws(SASLServerFailure) {
        let parts = message.split(separator: 0x2C, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw Self.malformed("no GS2 header") }
        switch parts[0] {
        case [0x6E]: flag = .unsupported
        case [0x79]: flag = .notOffered
        case let flag where flag.starts(with: "p=".utf8):
            self.flag = .used(String(decoding: flag.dropFirst(2), as: UTF8.self))
        default: throw Self.malformed("no such channel-binding flag")
        }
        if parts[1].isEmpty {
            authorization = []
        } else {
            guard let name = saslName(decoding: parts[1], after: "a=") else {
                throw Self.malformed("the name as whom to act is none")
            }
            authorization = name
        }
        bare = Array(parts[2])
        header = Array(message.dropLast(bare.count))
        let attributes = parts[2].split(separator: 0x2C, omittingEmptySubsequences: false)
        guard attributes.first?.starts(with: "m=".utf8) != true else {
            throw SASLServerFailure(
                .malformed,
                "an extension that nobody here knows",
                data: Array("e=extensions-not-supported".utf8)
            )
        }
        guard attributes.count >= 2, let name = saslName(decoding: attributes[0], after: "n=")
        else {
            throw SASLServerFailure(
                .malformed,
                "the user's name is none",
                data: Array("e=invalid-username-encoding".utf8)
            )
        }
        user = name
        nonce = Array(attributes[1].dropFirst(2))
        guard attributes[1].starts(with: "r=".utf8), !nonce.isEmpty,
            nonce.allSatisfy({ 0x21...0x7E ~= $0 })
        else { throw Self.malformed("no nonce") }
    }

    private static func malformed(_ why: String) -> SASLServerFailure {
        SASLServerFailure(.malformed, why, data: Array("e=other-error".utf8))
    }
}
