/// What announces a literal at the end of a line: `{310}`, `{310+}`, `~{310}`; RFC 9051 §4.3.
struct LiteralHeader {
    /// The octets that follow; `nil` if they are more than can be counted.
    let size: Int?

    /// Whether whoever sends it does not wait for leave, RFC 7888.
    let isNonSynchronising: Bool

    /// The header at the end of a line that ends with LF; `nil` if there is none.
    init?(endOf line: UnsafeRawBufferPointer) {
        var end = line.count - 1
        if end > 0, line[end - 1] == 0x0D { end -= 1 }
        guard end > 2, line[end - 1] == 0x7D else { return nil }
        var first = end - 1
        isNonSynchronising = line[first - 1] == 0x2B
        if isNonSynchronising { first -= 1 }
        let last = first
        var value: Int? = 0
        var place = 1
        while first > 0, 0x30...0x39 ~= line[first - 1] {
            first -= 1
            let digit = Int(line[first] - 0x30)
            // No more than nine digits are counted; zeros before them are harmless.
            if last - first > 9 {
                if digit > 0 { value = nil }
            } else {
                value = value.map { $0 + digit * place }
                place *= 10
            }
        }
        guard first < last, first > 0, line[first - 1] == 0x7B else { return nil }
        size = value
    }
}
