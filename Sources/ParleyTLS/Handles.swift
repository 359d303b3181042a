import COpenSSL

/// Owns one reference to a certificate. OpenSSL counts references atomically and reads an X509
/// under its own lock, so a handle that is only read may be shared.
final class X509Handle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        X509_free(pointer)
    }
}

/// Owns a key, public or private; immutable once made.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        EVP_PKEY_free(pointer)
    }
}

/// Owns an `SSL_CTX`, immutable once its maker is done; OpenSSL shares it between threads.
final class ContextHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        SSL_CTX_free(pointer)
    }
}

/// Owns an `SSL`. One engine uses it, from one loop.
final class ConnectionHandle {
    let pointer: OpaquePointer

    init(_ context: ContextHandle) throws(TLSError) {
        ErrorQueue.clear()
        guard let pointer = SSL_new(context.pointer) else {
            throw TLSError(.library, drainingInto: "no memory for a TLS connection")
        }
        self.pointer = pointer
    }

    deinit {
        SSL_free(pointer)
    }
}
