import ParleyWire
import Synchronization

/// Scrubs secrets from whatever is published: the one place where that happens.
///
/// It knows every secret of the run in all the encodings in which one may be sent or echoed. Octets
/// that a verb marked as secret are scrubbed by their place, whatever they are.
final class Redactor: Sendable {
    /// What stands in a secret's place.
    static let mark = Array("‹secret›".utf8)

    private struct Forms {
        /// Longest first, so that a form is not cut by a shorter one within it.
        var forms: [[UInt8]] = []
        var known: Set<[UInt8]> = []
    }

    private let state = Mutex(Forms())

    /// A redactor of these secrets.
    init(secrets: [[UInt8]]) {
        for secret in secrets { add(secret) }
    }

    /// Learns a secret; one of fewer than four octets is refused by the loader, and ignored here.
    func add(_ secret: [UInt8]) {
        guard secret.count >= 4 else { return }
        state.withLock { state in
            guard state.known.insert(secret).inserted else { return }
            state.forms += secretForms(of: secret).filter { $0.count >= 4 }
            state.forms.sort { $0.count > $1.count }
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
        var clean = octets
        for range in secretRanges.reversed() where range.upperBound <= clean.count {
            clean.replaceSubrange(range, with: Self.mark)
        }
        let forms = state.withLock { $0.forms }
        for form in forms {
            clean = replacing(form, in: clean)
        }
        guard isPart else { return clean }
        let end = cutSecret(at: clean.count, of: clean, forms)
        if end > 0 { clean.replaceSubrange((clean.count - end)..., with: Self.mark) }
        let start = forms.map { overlap(of: $0, before: clean) }.max() ?? 0
        if start > 0 { clean.replaceSubrange(..<start, with: Self.mark) }
        return clean
    }

    /// The text without any form of any secret, and without what is left of one where the text was
    /// cut (`…`) or ends.
    func scrub(_ text: String) -> String {
        let forms = state.withLock { $0.forms }
        guard !forms.isEmpty else { return text }
        var clean = Array(text.utf8)
        for form in forms { clean = replacing(form, in: clean) }
        var at = clean.count
        while at > 0 {
            let isEnd = at == clean.count || (at == clean.count - 1 && clean[at] == 0x22)
            if isEnd || clean[at...].starts(with: Self.ellipsis) {
                let length = cutSecret(at: at, of: clean, forms)
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

    /// How many octets before `end` are the beginning of a form, if they are enough to tell.
    private func cutSecret(at end: Int, of octets: [UInt8], _ forms: [[UInt8]]) -> Int {
        var longest = 0
        for form in forms {
            var length = min(form.count - 1, end)
            while length >= max(4, longest + 1) {
                if octets[(end - length)..<end].elementsEqual(form.prefix(length)) {
                    longest = length
                }
                length -= 1
            }
        }
        return longest
    }

    /// How many octets at the beginning are the end of a form, if they are enough to tell.
    private func overlap(of form: [UInt8], before octets: [UInt8]) -> Int {
        var length = min(form.count - 1, octets.count)
        while length >= 4 {
            if octets.prefix(length).elementsEqual(form.suffix(length)) { return length }
            length -= 1
        }
        return 0
    }

    private func replacing(_ form: [UInt8], in octets: [UInt8]) -> [UInt8] {
        guard octets.count >= form.count, let lead = form.first else { return octets }
        var clean: [UInt8] = []
        var copied = 0
        var at = 0
        while at <= octets.count - form.count {
            if octets[at] == lead, octets[at..<(at + form.count)].elementsEqual(form) {
                clean += octets[copied..<at]
                clean += Self.mark
                at += form.count
                copied = at
            } else {
                at += 1
            }
        }
        guard copied > 0 else { return octets }
        return clean + octets[copied...]
    }
}
