internal import ParleyTLS

/// The server's side of SCRAM, RFC 5802 and RFC 7677, with and without channel binding.
///
/// ```
/// C: AUTH SCRAM-SHA-256 (n,,n=user,r=rOprNGfwEbeRWgbNEkqO)
/// S: 334 (r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096)
/// C: (c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zj…)
/// S: 334 (v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=)
/// C: ()
/// S: 235 2.7.0 Authentication successful
/// ```
///
/// (What stands in brackets is in base64 on the wire.)
public struct ScramServer: SASLServerMechanism {
    private let context: SASLServerContext
    private let hash: Digest.Algorithm
    private let isBound: Bool
    private var first: ScramClientFirst?
    private var binding: [UInt8] = []
    private var nonce: [UInt8] = []
    private var serverFirst: [UInt8] = []

    /// An exchange; `isBound` is the `-PLUS` form.
    public init(_ hash: ScramHash, isBound: Bool, _ context: SASLServerContext) {
        self.context = context
        self.hash = hash.algorithm
        self.isBound = isBound
    }

    /// Asks for the first message if it did not come with the command.
    public mutating func start(_ initialResponse: [UInt8]?) -> SASLServerStep {
        initialResponse.map { next($0) } ?? .challenge([])
    }

    /// The client's first message, then its proof.
    public mutating func next(_ response: [UInt8]) -> SASLServerStep {
        do throws(SASLServerFailure) {
            guard let first else { return .challenge(try offer(response)) }
            return try judge(response, first)
        } catch {
            return .failure(error)
        }
    }

    // MARK: - The first message

    private mutating func offer(_ message: [UInt8]) throws(SASLServerFailure) -> [UInt8] {
        let first = try ScramClientFirst(message)
        binding = try bindingData(first.flag)
        self.first = first
        nonce = first.nonce + context.makeNonce()
        if has(.wrongNonce) { nonce = context.makeNonce() + Array("x".utf8) }
        if has(.echoNonce) { nonce = first.nonce }
        var parts: [[UInt8]] = []
        if has(.mandatoryExtension) { parts.append(Array("m=parley".utf8)) }
        if !has(.noNonce) { parts.append(Array("r=".utf8) + nonce) }
        let salt = has(.badSalt) ? Array("!salt!".utf8) : Base64.encode(context.salt)
        if !has(.noSalt) { parts.append(Array("s=".utf8) + salt) }
        if !has(.noIterations) { parts.append(Array("i=\(context.iterations)".utf8)) }
        serverFirst = Array(parts.joined(separator: [0x2C]))
        return serverFirst
    }

    /// What the client's final message has to repeat behind the header.
    private func bindingData(_ flag: ScramClientFirst.Flag) throws(SASLServerFailure) -> [UInt8] {
        switch flag {
        case .used(let name):
            guard isBound else {
                throw bound("the mechanism has no channel binding", "channel-binding-not-supported")
            }
            guard let binding = context.bindings.first(where: { $0.kind.rawValue == name }) else {
                throw bound(
                    "the connection has no such channel binding",
                    "unsupported-channel-binding-type"
                )
            }
            return binding.data
        case .unsupported, .notOffered:
            guard !isBound else {
                throw bound("the mechanism demands channel binding", "other-error")
            }
            guard flag == .unsupported || !context.offersChannelBinding else {
                throw bound(
                    "the client saw no -PLUS mechanism, and this server offers one: somebody in"
                        + " between took it away",
                    "server-does-support-channel-binding"
                )
            }
            return []
        }
    }

    // MARK: - The final message

    private func judge(
        _ message: [UInt8],
        _ first: ScramClientFirst
    ) throws(SASLServerFailure) -> SASLServerStep {
        let parts = message.split(separator: 0x2C, omittingEmptySubsequences: false)
        guard parts.count >= 3, let last = parts.last, last.starts(with: "p=".utf8),
            parts[0].starts(with: "c=".utf8), parts[1].starts(with: "r=".utf8),
            let header = Base64.decode(parts[0].dropFirst(2)),
            let proof = Base64.decode(last.dropFirst(2))
        else { throw malformed("the final message lacks a part", "invalid-encoding") }
        guard header == first.header + binding else {
            throw bound(
                "the client is bound to another connection than this one",
                "channel-bindings-dont-match"
            )
        }
        guard parts[1].dropFirst(2).elementsEqual(nonce) else {
            throw malformed("the nonce is not the one of this exchange", "other-error")
        }
        let covered = message.dropLast(last.count + 1)
        let dialogue = first.bare + [0x2C] + serverFirst + [0x2C] + covered
        let password = context.password(of: first.user)
        let credentials = SASLCredentials(
            authorization: first.authorization,
            user: first.user,
            password: password ?? []
        )
        // A peer's time is worth as much as ours: beyond the cap nobody derives anything.
        let keys =
            ScramServerFirst.iterationBounds.contains(context.iterations)
            ? ScramKeys(
                hash,
                password: password ?? [],
                salt: context.salt,
                iterations: context.iterations
            ) : nil
        let isRight = password != nil && keys.map { proves(proof, $0, dialogue) } == true
        guard isRight || has(.acceptAnybody) || has(.wrongSignature) || has(.noSignature) else {
            throw SASLServerFailure(
                .credentials,
                "the user or the proof is wrong",
                data: Array("e=invalid-proof".utf8)
            )
        }
        guard !has(.noSignature) else { return .success(credentials, data: nil) }
        var signature = Digest.hmac(hash, key: keys?.server ?? [], dialogue)
        if has(.wrongSignature), let octet = signature.first { signature[0] = ~octet }
        return .success(credentials, data: Array("v=".utf8) + Base64.encode(signature))
    }

    /// Whether the proof comes from somebody who has the client's key, RFC 5802 §3.
    private func proves(_ proof: [UInt8], _ keys: ScramKeys, _ dialogue: [UInt8]) -> Bool {
        let signature = Digest.hmac(hash, key: keys.stored, dialogue)
        guard proof.count == signature.count, !proof.isEmpty else { return false }
        return Digest.hash(hash, zip(proof, signature).map { $0 ^ $1 }) == keys.stored
    }

    private func has(_ fault: SASLServerFault) -> Bool { context.faults.contains(fault) }

    private func malformed(_ why: String, _ error: String) -> SASLServerFailure {
        SASLServerFailure(.malformed, why, data: Array("e=\(error)".utf8))
    }

    private func bound(_ why: String, _ error: String) -> SASLServerFailure {
        SASLServerFailure(.channelBinding, why, data: Array("e=\(error)".utf8))
    }
}
