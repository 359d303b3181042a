import Foundation

/// A pseudo-terminal with a `parley` at it, and what its screen shows.
final class Terminal {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// How long anything may take that a person waits for.
    private static let patience: TimeInterval = 20

    let process: pid_t
    private let master: Int32
    private(set) var screen: Screen
    private(set) var status: Int32?
    /// What came since the beginning, as it came.
    private(set) var written: [UInt8] = []

    /// Starts it in a session of its own, whose terminal this is.
    init(
        _ arguments: [String] = ["repl"],
        of program: String = Tool.binary.path,
        columns: Int = 80,
        rows: Int = 24,
        environment: [String: String] = [:],
        state: URL
    ) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (lock, number) = (Int32(0), Int32(-1))
        // TIOCSPTLCK and TIOCGPTN, which are macros that Swift does not see.
        guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0,
            ioctl(master, 0x8004_5430, &number) == 0
        else { throw Failure(description: "no pseudo-terminal") }
        let name = "/dev/pts/\(number)"
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        screen = Screen(columns: columns, rows: rows)
        var size = winsize()
        (size.ws_col, size.ws_row) = (UInt16(columns), UInt16(rows))
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that a session's leader opens becomes the session's.
        for descriptor in Int32(0)...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, name, O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        let flags = POSIX_SPAWN_SETSIGMASK | 0x80
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let settings = [
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
            "TERM": "xterm", "NO_COLOR": "1", "HOME": state.path, "XDG_STATE_HOME": state.path,
        ]
        .merging(environment) { $1 }
        let launcher = """
            for name in /proc/self/fd/*; do
                number=${name##*/}
                [ "$number" -le 2 ] || eval "exec $number>&-"
            done
            exec "$@"
            """
        let words: [UnsafeMutablePointer<CChar>?] =
            (["/bin/bash", "-c", launcher, "launcher", program] + arguments)
            .map { strdup($0) } + [nil]
        let variables: [UnsafeMutablePointer<CChar>?] =
            settings.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var started: pid_t = 0
        let problem = posix_spawn(&started, "/bin/bash", &actions, &attributes, words, variables)
        process = started
        guard problem == 0 else { throw Failure(description: "not started: \(problem)") }
    }

    deinit {
        if status == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        close(master)
    }

    /// Types, as one burst.
    func type(_ text: String) {
        let octets = Array(text.utf8)
        var at = 0
        while at < octets.count {
            let count = octets[at...].withUnsafeBytes {
                Foundation.write(master, $0.baseAddress, $0.count)
            }
            guard count > 0 else { return }
            at += count
        }
    }

    /// Reads until the screen is as it should be.
    @discardableResult
    func expect(_ what: String, _ condition: (Screen) -> Bool) throws -> Screen {
        let end = Date() + Self.patience
        while !condition(screen) {
            guard try read(until: end) else {
                throw Failure(description: "it ended before \(what):\n\(screen.text)")
            }
            guard Date() < end else {
                throw Failure(description: "no \(what):\n\(screen.text)\n-- at \(screen.column)")
            }
        }
        return screen
    }

    /// Reads until a text stands on the screen, or above it.
    @discardableResult
    func expect(_ text: String) throws -> Screen {
        try expect("‘\(text)’") { $0.text.contains(text) }
    }

    /// Reads until the line of the cursor is this one.
    @discardableResult
    func expectLine(_ line: String) throws -> Screen {
        try expect("line ‘\(line)’") { $0.line == line }
    }

    /// Types a line and reads until the prompt stands there again with nothing behind it.
    @discardableResult
    func enter(_ line: String, prompt: String = "parley>") throws -> Screen {
        func prompts(_ screen: Screen) -> Int {
            (screen.history + screen.rows).count { $0.hasPrefix(prompt) }
        }
        let before = prompts(screen)
        type(line + "\r")
        return try expect("prompt behind ‘\(line)’") { screen in
            screen.line == prompt && prompts(screen) > before
        }
    }

    /// Gives the terminal another width.
    func resize(columns: Int) {
        var size = winsize()
        (size.ws_col, size.ws_row) = (UInt16(columns), UInt16(screen.cells.count))
        screen.resize(columns: columns)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Sends a signal.
    func send(_ signal: Int32) { kill(process, signal) }

    /// Reads to the end, which must be this code.
    func expectEnd(_ wanted: Int32) throws {
        let code = try end()
        guard code != wanted else { return }
        throw Failure(description: "it ended with \(code), not \(wanted):\n\(screen.text)")
    }

    /// Reads to the end; how the process ended: its code, or 128 and its signal.
    func end() throws -> Int32 {
        let end = Date() + Self.patience
        while try read(until: end) {
            guard Date() < end else { throw Failure(description: "no end:\n\(screen.text)") }
        }
        if let status { return status }
        var raw: Int32 = 0
        waitpid(process, &raw, 0)
        let code = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + raw & 0x7F
        status = code
        return code
    }

    /// The modes of the terminal now.
    var modes: termios {
        var modes = termios()
        tcgetattr(master, &modes)
        return modes
    }

    /// Reads what is there, waiting a little; `false` at the end.
    private func read(until end: Date) throws -> Bool {
        var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        let left = Int32(max(1, end.timeIntervalSinceNow * 1000))
        guard poll(&descriptor, 1, left) > 0 else { return true }
        var octets = [UInt8](repeating: 0, count: 65536)
        let count = Foundation.read(master, &octets, octets.count)
        guard count > 0 else { return count < 0 && errno == EINTR }
        written += octets.prefix(count)
        screen.write(octets.prefix(count))
        return true
    }
}
