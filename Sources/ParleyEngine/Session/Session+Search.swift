import ParleyMachine
import ParleyPatterns
import ParleyWire

/// `receive until /…/`: each look begins where the last left off.
extension Session {
    /// Octets above which a search is not the loop's work (rule 33): a pattern may take a
    /// millisecond for every octet at which a match can begin.
    static let longSearch = 64 << 10

    /// Everything up to the pattern, if it is there.
    func consume(until pattern: Pattern) throws(WireError) -> Event? {
        guard !isComputing else { return nil }
        let count = client.bufferedBytes
        guard count - searched > Self.longSearch, count != searchedCount else {
            return try take { bytes in
                // Elsewhere it was looked for in all of this.
                guard bytes.count != self.searchedCount else { return nil }
                let start = min(self.searched, bytes.count)
                return self.end(of: Self.find(pattern, in: bytes, from: start), in: bytes.count)
            }
        }
        var held: [UInt8] = []
        // A full buffer is told as a failure only if nothing is found in it.
        _ = try? client.nextBytes { bytes in
            held = Array(bytes)
            return nil
        }
        let start = min(searched, held.count)
        computeElsewhere { [held] in
            held.withUnsafeBytes { Self.find(pattern, in: $0, from: start) }
        } then: { [self] outcome in
            let end = end(of: outcome, in: held.count)
            searchedCount = held.count
            guard let end, case .receiving = activity else { return }
            if let event = try? take({ _ in end }) { answer(event) }
        }
        return nil
    }

    private func take(
        _ search: (UnsafeRawBufferPointer) -> Int?
    ) throws(WireError) -> Event? {
        guard let bytes = try client.nextBytes(until: search) else { return missing() }
        return taken(bytes)
    }

    /// Where what is to be taken ends; else remembers where the next look begins.
    private func end(of outcome: GrowingMatch?, in count: Int) -> Int? {
        switch outcome {
        case .found(let match):
            searched = 0
            return match.range.upperBound
        case .notYet(let next): searched = next
        // A pattern at its limit finds nothing; the deadline says the rest.
        case nil: searched = count
        }
        return nil
    }

    private static func find(
        _ pattern: Pattern,
        in bytes: UnsafeRawBufferPointer,
        from start: Int
    ) -> GrowingMatch? {
        try? pattern.search(growing: bytes, from: start)
    }
}
