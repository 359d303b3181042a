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

    private struct State {
        var contexts: [Trust: TLSClientContext] = [:]
        var authority: ThrowawayAuthority?
        var servers: Set<Endpoint> = []

        mutating func throwaway() -> ThrowawayAuthority {
            if let authority { return authority }
            let made = ThrowawayAuthority()
            authority = made
            return made
        }
    }

    private let state = Mutex(State())
    private let authorityFile: String?

    /// - Parameter authorityFile: trusted certificates for sessions that name none (`--ca`).
    init(authorityFile: String?) {
        self.authorityFile = authorityFile
    }

    /// The context for a session.
    func context(
        authorityFile file: String?,
        target: Endpoint
    ) throws(TLSError) -> TLSClientContext {
        let result: Result<TLSClientContext, TLSError> = state.withLock { state in
            let trust: Trust =
                if let file { .file(file) } else if state.servers.contains(target) {
                    .throwaway
                } else if let authorityFile { .file(authorityFile) } else { .system }
            if let known = state.contexts[trust] { return .success(known) }
            do throws(TLSError) {
                let options =
                    switch trust {
                    case .system: TLSClientOptions(trust: .system)
                    case .file(let path): TLSClientOptions(trust: .file(path))
                    case .throwaway:
                        TLSClientOptions(trust: .pem(try state.throwaway().certificatePEM))
                    }
                let made = try TLSClientContext(options)
                state.contexts[trust] = made
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
