/// A name as SCRAM and GS2 headers spell it: `,` as `=2C` and `=` as `=3D`, RFC 5802 §5.1.
func saslName(_ name: [UInt8]) -> [UInt8] {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(name.count)
    for byte in name {
        switch byte {
        case 0x2C: escaped += "=2C".utf8
        case 0x3D: escaped += "=3D".utf8
        default: escaped.append(byte)
        }
    }
    return escaped
}

/// The name that such a spelling stands for, behind `prefix`; `nil` if it is none.
func saslName(decoding text: ArraySlice<UInt8>, after prefix: String) -> [UInt8]? {
    guard text.starts(with: prefix.utf8) else { return nil }
    var rest = text.dropFirst(prefix.utf8.count)
    var name: [UInt8] = []
    while let byte = rest.popFirst() {
        guard byte == 0x3D else {
            name.append(byte)
            continue
        }
        switch Array(rest.prefix(2)) {
        case Array("2C".utf8): name.append(0x2C)
        case Array("3D".utf8): name.append(0x3D)
        default: return nil
        }
        rest = rest.dropFirst(2)
    }
    return name.isEmpty || name.contains(0) ? nil : name
}
