import COpenSSL

/// Certificates and keys out of PEM text, each with its owner.
enum PEMReader {
    /// A password prompt would read from the terminal; a probe never prompts. Whoever hands a flag
    /// in learns that a password was wanted.
    private static let refusePassword:
        @convention(c) (
            UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?
        ) -> Int32 = { _, _, _, wanted in
            wanted?.assumingMemoryBound(to: Bool.self).pointee = true
            return -1
        }

    /// Every certificate of the text, in order; bounded by the text's size.
    static func certificates(_ pem: [UInt8], named source: String) throws(TLSError) -> [X509Handle]
    {
        try OpenSSLLibrary.start()
        ErrorQueue.clear()
        let found: [X509Handle]? = withMemoryBIO(pem) { bio in
            var handles: [X509Handle] = []
            while let x509 = PEM_read_bio_X509(bio, nil, refusePassword, nil) {
                handles.append(X509Handle(owning: x509))
            }
            return handles
        }
        guard let found, !found.isEmpty else {
            throw TLSError(.unreadable, drainingInto: "\(source) holds no certificate")
        }
        // The reader stops at the end with "no start line", and at a broken block with another.
        if let last = ErrorQueue.drain().last, last.reason != PEM_R_NO_START_LINE {
            throw TLSError(.unreadable, "\(source): \(last.text)")
        }
        return found
    }

    static func privateKey(_ pem: [UInt8]) throws(TLSError) -> KeyHandle {
        try OpenSSLLibrary.start()
        ErrorQueue.clear()
        var isEncrypted = false
        let key = withMemoryBIO(pem) { bio in
            withUnsafeMutablePointer(to: &isEncrypted) { wanted in
                PEM_read_bio_PrivateKey(bio, nil, refusePassword, wanted)
            }
        }
        guard let key else {
            guard isEncrypted else { throw TLSError(.unreadable, drainingInto: "the private key") }
            ErrorQueue.clear()
            throw TLSError(
                .unreadable,
                "the private key is encrypted, and nobody is asked for its passphrase; decrypt it "
                    + "with: openssl pkey -in FILE -out PLAIN"
            )
        }
        return KeyHandle(owning: key)
    }

    private static func withMemoryBIO<Result>(
        _ bytes: [UInt8],
        _ body: (OpaquePointer) -> Result?
    ) -> Result? {
        bytes.withUnsafeBytes { buffer in
            guard let count = Int32(exactly: buffer.count), count > 0,
                let bio = BIO_new_mem_buf(buffer.baseAddress, count)
            else { return nil }
            defer { BIO_free(bio) }
            return body(bio)
        }
    }
}
