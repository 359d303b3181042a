import CEditline

/// Texts as libedit takes them: wide characters up to a zero.
final class WideText {
    let pointer: UnsafeMutablePointer<wchar_t>

    init(_ text: some Sequence<Unicode.Scalar>) {
        let scalars = Array(text)
        pointer = .allocate(capacity: scalars.count + 1)
        for (index, scalar) in scalars.enumerated() {
            pointer[index] = wchar_t(bitPattern: scalar.value)
        }
        pointer[scalars.count] = 0
    }

    convenience init(_ text: String) { self.init(text.unicodeScalars) }

    deinit { pointer.deallocate() }

    /// A text that lives as long as the process: libedit keeps the pointer.
    static func forever(_ text: String) -> UnsafeMutablePointer<wchar_t> {
        Unmanaged.passRetained(WideText(text)).takeUnretainedValue().pointer
    }

    /// The characters from one place of libedit's buffer to another.
    static func scalars(
        from start: UnsafePointer<wchar_t>?,
        to end: UnsafePointer<wchar_t>?
    ) -> [Unicode.Scalar] {
        guard let start, let end, end > start else { return [] }
        return UnsafeBufferPointer(start: start, count: end - start).map { character in
            Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}"
        }
    }
}

extension String {
    /// The text of these characters.
    init(scalars: some Sequence<Unicode.Scalar>) {
        var view = UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
