import COpenSSL

/// The wire as OpenSSL sees it: two arrays behind a BIO. What the peer sent waits in one, what is
/// to be sent gathers in the other and is handed over without a copy; an idle connection holds
/// neither.
final class TLSTransport {
    /// Ciphertext that OpenSSL has not asked for yet, at most; more is a peer that floods.
    static let inboundLimit = 2 << 20

    private var inbound: [UInt8] = []
    private var offset = 0
    private var outbound: [UInt8] = []
    /// All octets that ever arrived.
    private(set) var receivedCount = 0
    /// The first bytes that arrived, for telling a peer that does not speak TLS.
    private(set) var opening: [UInt8] = []
    /// Nothing follows what is in `inbound`.
    var ended = false

    var hasInbound: Bool { offset < inbound.count }
    var inboundCount: Int { inbound.count - offset }

    /// False when it would be too much to keep.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard inboundCount + bytes.count <= Self.inboundLimit else { return false }
        receivedCount &+= bytes.count
        if opening.count < 80, opening.first.map({ !TLSTransport.startsRecord($0) }) ?? true {
            opening.append(contentsOf: bytes.prefix(80 - opening.count))
        }
        if offset > 0, offset == inbound.count || offset > 1 << 16 {
            inbound.removeSubrange(..<offset)
            offset = 0
        }
        inbound.append(contentsOf: bytes)
        return true
    }

    func takeOutbound() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &outbound)
        return taken
    }

    func discardInbound() {
        inbound = []
        offset = 0
    }

    /// Whether a TLS record may begin with this byte (RFC 8446 section 5.1).
    static func startsRecord(_ byte: UInt8) -> Bool {
        (20...24).contains(byte)
    }

    private func read(into target: UnsafeMutableRawPointer, count: Int) -> Int {
        let size = min(count, inboundCount)
        guard size > 0 else { return 0 }
        inbound.withUnsafeBytes { bytes in
            target.copyMemory(from: bytes.baseAddress.unsafelyUnwrapped + offset, byteCount: size)
        }
        offset += size
        if offset == inbound.count { discardInbound() }
        return size
    }

    private func write(_ bytes: UnsafeRawBufferPointer) {
        outbound.append(contentsOf: bytes)
    }
}

extension TLSTransport {
    /// A BIO over this transport, which must outlive it. The caller owns the BIO.
    func makeBIO() -> OpaquePointer? {
        guard let method = Self.method, let bio = BIO_new(method) else { return nil }
        BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
        BIO_set_init(bio, 1)
        return bio
    }

    private static func of(_ bio: OpaquePointer?) -> TLSTransport? {
        BIO_get_data(bio).map { Unmanaged<TLSTransport>.fromOpaque($0).takeUnretainedValue() }
    }

    // Written once, at first use, and only read afterwards.
    nonisolated(unsafe) private static let method: OpaquePointer? = {
        guard let method = BIO_meth_new(parley_bio_source_sink_index(), "parley") else {
            return nil
        }
        BIO_meth_set_read_ex(method) { bio, target, count, done in
            guard let transport = of(bio), let target, let done else { return 0 }
            done.pointee = transport.read(into: target, count: count)
            if done.pointee > 0 {
                parley_bio_clear_retry(bio)
                return 1
            }
            // The end is told by `inputEnded`, never by OpenSSL, so that nothing here depends on
            // how a version of it words a truncation.
            parley_bio_want_read(bio)
            return 0
        }
        BIO_meth_set_write_ex(method) { bio, source, count, done in
            guard let transport = of(bio), let source, let done else { return 0 }
            transport.write(UnsafeRawBufferPointer(start: source, count: count))
            parley_bio_clear_retry(bio)
            done.pointee = count
            return 1
        }
        BIO_meth_set_ctrl(method) { bio, command, _, _ in
            switch command {
            case BIO_CTRL_FLUSH: 1
            case BIO_CTRL_PENDING: of(bio)?.inboundCount ?? 0
            default: 0
            }
        }
        return method
    }()
}
