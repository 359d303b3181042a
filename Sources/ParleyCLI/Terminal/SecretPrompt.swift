import Glibc
import ParleyDiagnostics
import ParleyEngine
import ParleyNetwork
import Synchronization

/// Asks for a secret at the terminal, without echo.
enum SecretPrompt {
    private static let limit = 4096
    /// The terminal's settings while it is ours, for whoever ends the process meanwhile.
    private static let saved = Mutex<(descriptor: Int32, settings: termios)?>(nil)

    /// What the user types, without the line's end.
    static func read(_ prompt: String) -> SecretAnswer {
        let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { return .noTerminal }
        defer { close(descriptor) }
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return .noTerminal }
        saved.withLock { $0 = (descriptor, settings) }
        settings.c_lflag &= ~tcflag_t(ECHO)
        settings.c_lflag |= tcflag_t(ECHONL | ICANON | ISIG)
        guard tcsetattr(descriptor, TCSAFLUSH, &settings) == 0 else { return .noTerminal }
        defer { restore() }
        let text = DisplayText.safe(prompt)
        let separator = text.hasSuffix(" ") ? "" : text.hasSuffix(":") ? " " : ": "
        guard FileWriter.write(Array((text + separator).utf8), to: descriptor) else {
            return .noTerminal
        }

        var line: [UInt8] = []
        var octet: UInt8 = 0
        while line.count < limit {
            let count = Glibc.read(descriptor, &octet, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return line.isEmpty ? .abandoned : .typed(line) }
            if octet == 0x0A { return .typed(line) }
            line.append(octet)
        }
        return .abandoned
    }

    /// Gives the terminal its settings back; callable from any thread.
    static func restore() {
        saved.withLock { state in
            guard var (descriptor, settings) = state else { return }
            _ = tcsetattr(descriptor, TCSAFLUSH, &settings)
            descriptor = -1
            state = nil
        }
    }
}
