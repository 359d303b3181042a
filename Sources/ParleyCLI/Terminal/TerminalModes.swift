import Glibc
import Synchronization

/// The modes of the terminal that whoever started the process left, while an editor uses others.
enum TerminalModes {
    nonisolated(unsafe) private static let original = UnsafeMutablePointer<termios>.allocate(
        capacity: 1
    )
    private static let isTaken = Atomic(false)

    /// Pasted text comes between marks from now on.
    static let pasteMarksOn: StaticString = "\u{1B}[?2004h"
    private static let pasteMarksOff: StaticString = "\u{1B}[?2004l"

    /// Keeps the modes of standard input; `false` if it is no terminal.
    static func take() -> Bool {
        guard tcgetattr(STDIN_FILENO, original) == 0 else { return false }
        isTaken.store(true, ordering: .sequentiallyConsistent)
        return true
    }

    /// The terminal is used again, after it was given back.
    static func retake() { isTaken.store(true, ordering: .sequentiallyConsistent) }

    /// Gives them back; whether there was something to give back. Callable from any thread, and
    /// from a signal's handler.
    @discardableResult
    static func restore() -> Bool {
        guard isTaken.exchange(false, ordering: .sequentiallyConsistent) else { return false }
        let marks = pasteMarksOff
        _ = write(STDOUT_FILENO, marks.utf8Start, marks.utf8CodeUnitCount)
        tcsetattr(STDIN_FILENO, TCSANOW, original)
        return true
    }

    /// The modes now.
    static var current: termios? {
        var modes = termios()
        return tcgetattr(STDIN_FILENO, &modes) == 0 ? modes : nil
    }
}
