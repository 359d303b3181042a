import ParleyNetwork
import ParleyTLS
import Synchronization

/// The TLS sessions that `resume auto` offers again: the latest of each test, peer, name and set of
/// clauses. Whether one may stand for a verification is decided by ``TLSEngine``.
final class ResumptionCache: Sendable {
    /// What a session is kept under. Tests share nothing, and neither do their attempts.
    struct Key: Hashable, Sendable {
        let test: Int?
        let attempt: Int
        let target: Endpoint
        let name: String?
        /// The context, which lives as long as its sessions do.
        let context: ObjectIdentifier
    }

    /// Sessions kept at most; tickets are a kilobyte or two each.
    private static let limit = 4096

    private let sessions = Mutex<[Key: TLSSession]>([:])

    /// The latest session kept under a key.
    func session(_ key: Key) -> TLSSession? {
        sessions.withLock { $0[key] }
    }

    /// Keeps a session in the place of the one before.
    func keep(_ session: TLSSession, _ key: Key) {
        sessions.withLock { sessions in
            if sessions.count >= Self.limit, sessions[key] == nil { sessions = [:] }
            sessions[key] = session
        }
    }
}
