import COpenSSL
import Synchronization

/// The certificates a peer presented, leaf first. Read on demand: a probe that asks for none pays
/// for none, and the chain may be asked after its connection is gone.
public final class TLSPeerChain: Sendable {
    private let handles: [X509Handle]
    private let read = Mutex<[Certificate]?>(nil)

    /// Takes a reference to each certificate of the stack; nil when there are none.
    init?(sharing stack: OpaquePointer?) {
        guard let stack else { return nil }
        let count = parley_certificates_count(stack)
        guard count > 0 else { return nil }
        handles = (0..<count).compactMap { index in
            guard let x509 = parley_certificates_at(stack, index), X509_up_ref(x509) == 1 else {
                return nil
            }
            return X509Handle(owning: x509)
        }
    }

    /// The certificates as values, read at the first call.
    public var certificates: [Certificate] {
        read.withLock { known in
            if let known { return known }
            let made = handles.compactMap(Certificate.init)
            known = made
            return made
        }
    }
}
