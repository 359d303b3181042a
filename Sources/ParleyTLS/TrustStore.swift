import COpenSSL
import Glibc

/// A set of trusted certificates; OpenSSL locks it, so that connections share it.
final class TrustStore: @unchecked Sendable {
    let pointer: OpaquePointer

    private init() throws(TLSError) {
        try OpenSSLLibrary.start()
        ErrorQueue.clear()
        guard let pointer = X509_STORE_new() else {
            throw TLSError(.library, drainingInto: "no memory for a trust store")
        }
        self.pointer = pointer
    }

    deinit {
        X509_STORE_free(pointer)
    }

    /// The system's authorities, set up at first use and shared by the process.
    static let system: TrustStore? = makeSystemStore()

    convenience init(file: String) throws(TLSError) {
        try self.init()
        guard X509_STORE_load_file(pointer, file) == 1 else {
            throw TLSError(.unreadable, drainingInto: "CA file \(file)")
        }
        trustAnyMember()
    }

    convenience init(pem: [UInt8]) throws(TLSError) {
        try self.init(certificates: PEMReader.certificates(pem, named: "the CA text"))
    }

    convenience init(certificates: [X509Handle]) throws(TLSError) {
        try self.init()
        for certificate in certificates {
            guard X509_STORE_add_cert(pointer, certificate.pointer) == 1 else {
                throw TLSError(.unreadable, drainingInto: "a CA certificate")
            }
        }
        trustAnyMember()
    }

    /// Who names a CA file means each certificate in it, be it an intermediate or the leaf itself.
    private func trustAnyMember() {
        _ = X509_STORE_set_flags(pointer, UInt(X509_V_FLAG_PARTIAL_CHAIN))
    }

    private static func makeSystemStore() -> TrustStore? {
        guard let store = try? TrustStore() else { return nil }
        ErrorQueue.clear()
        // A folder with hashed names is looked up per issuer; the bundle beside it would cost some
        // milliseconds of parsing in every run.
        if getenv(X509_get_default_cert_file_env()) == nil,
            getenv(X509_get_default_cert_dir_env()) == nil,
            let folder = X509_get_default_cert_dir(), holdsHashedNames(folder)
        {
            X509_STORE_load_path(store.pointer, folder)
        } else {
            X509_STORE_set_default_paths(store.pointer)
        }
        ErrorQueue.clear()
        return store
    }

    private static func holdsHashedNames(_ path: UnsafePointer<CChar>) -> Bool {
        guard let folder = opendir(path) else { return false }
        defer { closedir(folder) }
        var hashed = 0
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            let isHashed =
                name.count == 10 && name.suffix(2).elementsEqual(".0".utf8)
                && name.prefix(8).allSatisfy { isxdigit(Int32($0)) != 0 }
            if isHashed { hashed += 1 }
            // A few links may be an administrator's additions; a rehashed store has many.
            if hashed >= 20 { return true }
        }
        return false
    }
}
