import COpenSSL

extension KeyHandle {
    static func generate(_ kind: CertificateRequest.KeyKind) throws(TLSError) -> KeyHandle {
        try OpenSSLLibrary.start()
        ErrorQueue.clear()
        let pointer =
            switch kind {
            case .ec256: parley_generate_p256()
            case .rsa2048: parley_generate_rsa(2048)
            case .rsa1024: parley_generate_rsa(1024)
            }
        guard let pointer else { throw TLSError(.library, drainingInto: "making a key") }
        return KeyHandle(owning: pointer)
    }

    func pem() throws(TLSError) -> [UInt8] {
        try writePEM { bio in
            PEM_write_bio_PrivateKey(bio, pointer, nil, nil, 0, nil, nil) == 1
        }
    }
}

extension X509Handle {
    func pem() throws(TLSError) -> [UInt8] {
        try writePEM { bio in PEM_write_bio_X509(bio, pointer) == 1 }
    }
}

private func writePEM(_ write: (OpaquePointer) -> Bool) throws(TLSError) -> [UInt8] {
    ErrorQueue.clear()
    guard let bio = BIO_new(BIO_s_mem()) else {
        throw TLSError(.library, drainingInto: "no memory for PEM text")
    }
    defer { BIO_free(bio) }
    var text: UnsafePointer<CChar>?
    guard write(bio), case let count = parley_bio_memory(bio, &text), let text, count > 0 else {
        throw TLSError(.library, drainingInto: "writing PEM text")
    }
    return [UInt8](UnsafeRawBufferPointer(start: text, count: count))
}
