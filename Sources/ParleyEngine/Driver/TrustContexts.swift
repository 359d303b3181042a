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
    /// What a session trusts.
    enum Trust: Hashable, Sendable {
        case system
        /// A file that the command line names.
        case file(String)
        /// A file that a script names, below its folder.
        case scriptFile(String, folder: String)
        case throwaway
    }

    /// What one context serves.
    struct Key: Hashable, Sendable {
        let trust: Trust
        let settings: TLSSettings?
        /// The folder of the files that the settings name.
        let folder: String?
    }

    private struct State {
        var contexts: [Key: TLSClientContext] = [:]
        var servers: Set<Endpoint> = []
    }

    /// Contexts kept at most: a script that makes its clauses anew each time must not fill the
    /// memory with them.
    private static let limit = 256

    private let state = Mutex(State())
    private let authorityFile: String?
    private let keyLog: TLSKeyLog?

    /// The authority that signs the certificates of scripted servers. It makes its key at first
    /// use, which takes its time: ask it for something on the pool only.
    let authority = ThrowawayAuthority()

    /// The contexts of a run: what sessions trust that name nothing (`--ca`), and where their
    /// secrets go (`--keylog`), is its options'.
    init(_ options: RunOptions) {
        authorityFile = options.authorityFile
        keyLog = options.keyLog
    }

    /// What a session wants: the trust that its script names, else what fits its target, and what
    /// is offered and demanded.
    func key(
        named file: String?,
        settings: TLSSettings?,
        of files: ScriptFiles,
        target: Endpoint
    ) -> Key {
        let trust: Trust =
            if let file {
                .scriptFile(file, folder: files.folder)
            } else if state.withLock({ $0.servers.contains(target) }) {
                .throwaway
            } else if let authorityFile { .file(authorityFile) } else { .system }
        return Key(
            trust: trust,
            settings: settings,
            folder: settings == nil ? nil : files.folder
        )
    }

    /// The context, if it has been made.
    func context(for key: Key) -> TLSClientContext? {
        state.withLock { $0.contexts[key] }
    }

    /// Makes the context. This reads files and makes keys: it is work for the pool.
    func makeContext(
        for key: Key,
        files: ScriptFiles
    ) -> Result<TLSClientContext, SessionFailure> {
        do throws(TLSError) {
            var options: TLSClientOptions
            switch key.trust {
            case .system: options = TLSClientOptions(trust: .system)
            case .file(let path): options = TLSClientOptions(trust: .file(path))
            case .scriptFile(let name, _):
                switch files.locate(name) {
                case .success(let path): options = TLSClientOptions(trust: .file(path))
                case .failure(let failure):
                    return .failure(Self.failure(failure.reason, failure.message))
                }
            case .throwaway: options = TLSClientOptions(trust: .pem(try authority.certificatePEM))
            }
            options.keyLog = keyLog
            try key.settings?.apply(to: &options, files)
            let made = try TLSClientContext(options)
            // Another session may have made one meanwhile: resumption wants that all use the same.
            return .success(
                state.withLock { state in
                    if state.contexts.count >= Self.limit { state.contexts = [:] }
                    let context = state.contexts[key] ?? made
                    state.contexts[key] = context
                    return context
                }
            )
        } catch {
            return .failure(Self.failure(of: error))
        }
    }

    /// TLS cannot be set up here: the stage is the handshake that does not begin.
    static func failure(of error: TLSError) -> SessionFailure {
        // What was asked of TLS and cannot be done here accuses the script or its files, never the
        // peer.
        let reason =
            switch error.code {
            case .unreadable, .mismatch: "local.file"
            case .option, .name: "script.value"
            default: "tls.handshake.failed"
            }
        return failure(reason, "TLS could not be set up: \(error.context)")
    }

    private static func failure(_ reason: String, _ message: String) -> SessionFailure {
        SessionFailure(reason: reason, stage: "TLS handshake", message: message)
    }

    /// Whether a scripted server of the run listens there.
    func isServer(_ endpoint: Endpoint) -> Bool {
        state.withLock { $0.servers.contains(endpoint) }
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
