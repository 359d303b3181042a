import ParleyDiagnostics
import ParleyWire
import Synchronization

/// Scrubs secrets from whatever is published: the one place where that happens.
///
/// It knows every secret of the run in all the encodings in which one may be sent or echoed, and
/// learns what scripts and SASL mechanisms make of them when it is sent. Octets that a verb marked
/// as secret are scrubbed by their place, whatever they are.
final class Redactor: Sendable {
    /// What stands in a secret's place.
    static let mark = Array(SourceText.mark.utf8)

    /// Octets fewer than this stand everywhere.
    private static let leastLength = 4
    /// How many derived secrets are known at a time, and how many octets of one; the oldest is
    /// forgotten first. Those that the script declares are never forgotten.
    private static let learntLimit = 128
    private static let learntLength = 1024

    private struct State {
        var index = SecretIndex()
        var known: Set<[UInt8]> = []
        /// Derived secrets in the order in which they came.
        var learnt: [(secret: [UInt8], forms: [[UInt8]])] = []
        var oldest = 0
    }

    private let state = Mutex(State())

    /// A redactor of these secrets.
    init(secrets: [[UInt8]]) {
        for secret in secrets { add(secret) }
    }

    /// Learns a secret; one of fewer than four octets is refused by the loader, and ignored here.
    func add(_ secret: [UInt8]) {
        guard secret.count >= Self.leastLength else { return }
        state.withLock { state in
            guard state.known.insert(secret).inserted else { return }
            for form in secretForms(of: secret) { state.index.insert(form) }
        }
    }

    /// Learns octets that derive from a secret, because they are being sent and may be echoed.
    ///
    /// - Parameter isEncoded: whether they are an encoding already, which nobody encodes again.
    func learn(_ octets: some BidirectionalCollection<UInt8>, isEncoded: Bool = false) {
        var rest = octets[...]
        while let last = rest.last, last == 0x0A || last == 0x0D { rest = rest.dropLast() }
        let secret = Array(rest.prefix(Self.learntLength))
        guard secret.count >= Self.leastLength else { return }
        state.withLock { state in
            guard state.known.insert(secret).inserted else { return }
            let forms = isEncoded ? [secret] : secretForms(of: secret)
            for form in forms { state.index.insert(form) }
            guard state.learnt.count == Self.learntLimit else {
                state.learnt.append((secret, forms))
                return
            }
            let forgotten = state.learnt[state.oldest]
            state.known.remove(forgotten.secret)
            for form in forgotten.forms { state.index.remove(form) }
            state.learnt[state.oldest] = (secret, forms)
            state.oldest = (state.oldest + 1) % Self.learntLimit
        }
    }

    /// The octets without the ranges, and without any form of any secret.
    ///
    /// - Parameter isPart: whether the octets may begin and end in the middle of something: what is
    ///   there of a secret at either end is scrubbed as well.
    func scrub(
        _ octets: [UInt8],
        secretRanges: [Range<Int>] = [],
        isPart: Bool = false
    ) -> [UInt8] {
        let index = state.withLock { $0.index }
        var clean = Self.replacing(
            secretRanges.filter { $0.upperBound <= octets.count } + index.ranges(in: octets),
            in: octets
        )
        guard isPart, !index.isEmpty else { return clean }
        let end = index.cut(at: clean.count, of: clean)
        if end > 0 { clean.replaceSubrange((clean.count - end)..., with: Self.mark) }
        let start = index.overlap(before: clean)
        if start > 0 { clean.replaceSubrange(..<start, with: Self.mark) }
        return clean
    }

    /// Whether any form of any secret stands in the octets.
    func finds(in octets: [UInt8]) -> Bool {
        // What stands in its place is no secret, even where a recording says it is.
        let index = state.withLock { $0.index }
        return index.ranges(in: octets).contains { !octets[$0].elementsEqual(Self.mark) }
    }

    /// The text without any form of any secret, and without what is left of one where the text was
    /// cut (`…`) or ends.
    func scrub(_ text: String) -> String {
        let index = state.withLock { $0.index }
        guard !index.isEmpty else { return text }
        let octets = Array(text.utf8)
        var clean = Self.replacing(index.ranges(in: octets), in: octets)
        var at = clean.count
        while at > 0 {
            let isEnd = at == clean.count || (at == clean.count - 1 && clean[at] == 0x22)
            if isEnd || clean[at...].starts(with: Self.ellipsis) {
                let length = index.cut(at: at, of: clean)
                if length > 0 {
                    at -= length
                    clean.replaceSubrange(at..<(at + length), with: Self.mark)
                }
            }
            at -= 1
        }
        return String(decoding: clean, as: UTF8.self)
    }

    private static let ellipsis = Array("…".utf8)

    /// The octets with a mark in place of every range; of those that overlap, one.
    private static func replacing(_ ranges: [Range<Int>], in octets: [UInt8]) -> [UInt8] {
        guard !ranges.isEmpty else { return octets }
        var clean: [UInt8] = []
        var copied = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound >= copied {
                clean += octets[copied..<range.lowerBound]
                clean += mark
            }
            copied = max(copied, range.upperBound)
        }
        return clean + octets[copied...]
    }
}
