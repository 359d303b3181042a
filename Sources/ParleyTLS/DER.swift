/// The encoding of certificates and their kin, X.690.
enum DER {
    /// What one of OpenSSL's `i2d` functions writes: asked without a place to write to, it says how
    /// much that is. Nil where it fails, or writes more than `limit` bytes.
    static func octets(
        limit: Int = .max,
        _ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
    ) -> [UInt8]? {
        let size = Int(write(nil))
        guard size > 0, size <= limit else { return nil }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var cursor = buffer.baseAddress
            count = Int(max(0, write(&cursor)))
        }
    }
}
