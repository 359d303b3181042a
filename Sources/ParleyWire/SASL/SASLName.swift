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
