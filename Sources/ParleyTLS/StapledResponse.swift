import COpenSSL

/// The OCSP response of a server where a C callback can find it.
final class StapledResponse: Sendable {
    private let response: [UInt8]

    init(_ response: [UInt8]) {
        self.response = response
    }

    static let staple: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = {
        ssl,
        owner in
        guard let owner, let ssl else { return SSL_TLSEXT_ERR_NOACK }
        let response = Unmanaged<StapledResponse>.fromOpaque(owner).takeUnretainedValue().response
        // OpenSSL frees what it is given.
        guard let copy = CRYPTO_malloc(response.count, "staple", 0) else {
            return SSL_TLSEXT_ERR_NOACK
        }
        copy.copyMemory(from: response, byteCount: response.count)
        let bytes = copy.assumingMemoryBound(to: UInt8.self)
        guard parley_ssl_staple(ssl, bytes, response.count) == 1 else {
            CRYPTO_free(copy, "staple", 0)
            return SSL_TLSEXT_ERR_NOACK
        }
        return SSL_TLSEXT_ERR_OK
    }
}
