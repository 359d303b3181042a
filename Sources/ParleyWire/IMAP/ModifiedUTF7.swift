/// The names of mailboxes on the wire, RFC 3501 §5.1.3: printable ASCII stands for itself, `&` is
/// `&-`, and the rest is UTF-16 in base64 with `,` for `/`, between `&` and `-`.
public enum ModifiedUTF7 {
    /// The name as it goes over the wire.
    public static func encode(_ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var pending: [UInt8] = []
        func flush() {
            guard !pending.isEmpty else { return }
            bytes.append(0x26)
            bytes += Base64.encode(pending).prefix { $0 != 0x3D }.map { $0 == 0x2F ? 0x2C : $0 }
            bytes.append(0x2D)
            pending = []
        }
        for unit in name.utf16 {
            guard 0x20...0x7E ~= unit else {
                pending += [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
                continue
            }
            flush()
            bytes.append(UInt8(truncatingIfNeeded: unit))
            if unit == 0x26 { bytes.append(0x2D) }
        }
        flush()
        return bytes
    }

    /// The name that the octets stand for; what is no modified UTF-7 stays as it came.
    public static func decode(_ bytes: some Collection<UInt8>) -> String {
        var units: [UInt16] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            guard byte == 0x26 else {
                units.append(UInt16(byte))
                continue
            }
            guard let end = rest.firstIndex(of: 0x2D),
                let decoded = decodeShift(rest[..<end])
            else { return String(decoding: bytes, as: UTF8.self) }
            units += decoded
            rest = rest[(end + 1)...]
        }
        guard !bytes.contains(where: { $0 >= 0x80 }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func decodeShift(_ text: ArraySlice<UInt8>) -> [UInt16]? {
        guard !text.isEmpty else { return [0x26] }
        var padded = text.map { $0 == 0x2C ? 0x2F : $0 }
        padded += Array(repeating: 0x3D, count: (4 - padded.count % 4) % 4)
        guard let octets = Base64.decode(padded), octets.count % 2 == 0 else { return nil }
        return stride(from: 0, to: octets.count, by: 2).map {
            UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1])
        }
    }
}
