/// Sizes as people read them.
enum SizeText {
    /// The exact octets, and from a kibibyte on what they come to: `512`, `10240000 (9.8 MiB)`.
    static func describe(_ octets: Int64) -> String {
        let units: [(name: String, shift: Int64)] = [("GiB", 30), ("MiB", 20), ("KiB", 10)]
        let magnitude = Int64(clamping: octets.magnitude)
        guard let unit = units.first(where: { magnitude >= 1 << $0.shift }) else {
            return "\(octets)"
        }
        let tenths = Int64((Double(magnitude) / Double(Int64(1) << unit.shift) * 10).rounded())
        let fraction = tenths % 10 == 0 ? "" : ".\(tenths % 10)"
        return "\(octets) (\(octets < 0 ? "-" : "")\(tenths / 10)\(fraction) \(unit.name))"
    }
}
