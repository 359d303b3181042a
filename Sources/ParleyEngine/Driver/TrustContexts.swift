import ParleyMachine
import ParleyNetwork
import ParleyTLS
import Synchronization

/// The TLS contexts of a run: each is made once, when it is first needed, and serves every session
/// that trusts the same certificates.
///
/// A session with one of the run's own scripted servers trusts the run's throw-away authority, so
/// that a script can practise verified TLS without any file.
final class TrustContexts: Sendable {
    private enum Trust: Hashable {
        case system
        case file(String)
        case throwaway
    }

    private struct Key: Hashable {
        let trust: Trust
        let settings: TLSSettings?
    }

    private struct State {
        var contexts: [Key: TLSClientContext] = [:]
        var authority: ThrowawayAuthority?
        var servers: Set<Endpoint> = []

        mutating func throwaway() -> ThrowawayAuthority {
            if let authority { return authority }
            let made = ThrowawayAuthority()
            authority = made
            return made
        }
    }

    /// Contexts kept at most: a script that makes its clauses anew each time must not fill the
    /// memory with them.
    private static let limit = 256

    private let state = Mutex(State())
    private let authorityFile: String?
    private let keyLog: TLSKeyLog?

    /// - Parameters:
    ///   - authorityFile: trusted certificates for sessions that name none (`--ca`).
    ///   - keyLog: where the secrets of sessions go (`--keylog`).
    init(authorityFile: String?, keyLog: TLSKeyLog? = nil) {
        self.authorityFile = authorityFile
        self.keyLog = keyLog
    }

    /// The context for a session.
    ///
    /// - Parameters:
    ///   - file: the trusted certificates that the script names.
    ///   - settings: what is offered and demanded.
    ///   - files: where the settings' files are read, if the context is not there yet.
    func context(
        authorityFile file: String?,
        settings: TLSSettings?,
        target: Endpoint,
        files: ScriptFiles
    ) throws(TLSError) -> TLSClientContext {
        let result: Result<TLSClientContext, TLSError> = state.withLock { state in
            let trust: Trust =
                if let file { .file(file) } else if state.servers.contains(target) {
                    .throwaway
                } else if let authorityFile { .file(authorityFile) } else { .system }
            let key = Key(trust: trust, settings: settings)
            if let known = state.contexts[key] { return .success(known) }
            do throws(TLSError) {
                var options =
                    switch trust {
                    case .system: TLSClientOptions(trust: .system)
                    case .file(let path): TLSClientOptions(trust: .file(path))
                    case .throwaway:
                        TLSClientOptions(trust: .pem(try state.throwaway().certificatePEM))
                    }
                options.keyLog = keyLog
                try settings?.apply(to: &options, files)
                let made = try TLSClientContext(options)
                if state.contexts.count >= Self.limit { state.contexts = [:] }
                state.contexts[key] = made
                return .success(made)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The authority that signs the certificates of scripted servers; made when first needed.
    var authority: ThrowawayAuthority {
        state.withLock { $0.throwaway() }
    }

    /// Remembers a scripted server's address.
    func add(server endpoint: Endpoint) {
        _ = state.withLock { $0.servers.insert(endpoint) }
    }

    /// Forgets it.
    func remove(server endpoint: Endpoint) {
        _ = state.withLock { $0.servers.remove(endpoint) }
    }
}
