extension Collection<UInt8> {
    /// The number that 1 to `digits` digits of ASCII write; `nil` for anything else, and for what
    /// an `Int` cannot hold.
    public func decimalNumber(digits: Int) -> Int? {
        guard (1...digits).contains(count), allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(String(decoding: self, as: UTF8.self))
    }
}
