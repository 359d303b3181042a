/// What a scripted server is to send: octets, each perhaps many times over, which are never written
/// out before they go.
struct OutputQueue {
    private struct Segment {
        var octets: [UInt8]
        var times: Int
    }

    private var segments: [Segment] = []
    private var first = 0
    /// Where in the first segment's octets the next one stands.
    private var offset = 0

    var isEmpty: Bool { first == segments.count }

    /// Adds octets, so many times.
    mutating func append(_ octets: [UInt8], times: Int = 1) {
        guard !octets.isEmpty, times > 0 else { return }
        segments.append(Segment(octets: octets, times: times))
    }

    /// Takes the next octets, at most `limit`; fewer only at the end.
    mutating func take(_ limit: Int) -> [UInt8] {
        var taken: [UInt8] = []
        while taken.count < limit, first < segments.count {
            let octets = segments[first].octets
            let end = min(octets.count, offset + limit - taken.count)
            taken += octets[offset..<end]
            offset = end
            guard offset == octets.count else { break }
            offset = 0
            segments[first].times -= 1
            guard segments[first].times == 0 else { continue }
            segments[first].octets = []
            first += 1
        }
        if isEmpty {
            segments = []
            first = 0
        }
        return taken
    }
}
