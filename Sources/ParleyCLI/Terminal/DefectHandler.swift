import Glibc

/// Ends the process with 70 and one line when Parley itself breaks: a trap or an abort would end it
/// with a signal, which no exit code of the table tells.
enum DefectHandler {
    /// Watches for the signals of a process that broke.
    ///
    /// Whoever asks Swift for a backtrace (`SWIFT_BACKTRACE=enable=yes`) gets that instead.
    static func install() {
        if let wanted = getenv("SWIFT_BACKTRACE"), strstr(wanted, "enable=yes") != nil { return }
        provideStack()
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in DefectHandler.end(number) }
        // A second fault, in the handler, ends the process at once.
        action.sa_flags = Int32(bitPattern: UInt32(SA_ONSTACK) | UInt32(SA_RESETHAND))
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
            sigaction(number, &action, nil)
            sigaddset(&signals, number)
        }
        // Whoever started the process may have blocked them, and the threads to come inherit that.
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// A stack for the handler: the main thread's own may be what overflowed. It is never given
    /// back.
    private static func provideStack() {
        let size = 64 << 10
        var stack = stack_t()
        stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        stack.ss_size = size
        sigaltstack(&stack, nil)
    }

    /// Only what is safe in a signal handler: nothing is allocated, nothing locked.
    private static func end(_ number: Int32) {
        TerminalModes.restore()
        write("parley: a defect in parley itself (signal ")
        let digit = UInt8(truncatingIfNeeded: number % 10) &+ 0x30
        var digits: (UInt8, UInt8) = (UInt8(truncatingIfNeeded: number / 10) &+ 0x30, digit)
        withUnsafeBytes(of: &digits) { digits in
            let hidden = number < 10 ? 1 : 0
            guard let start = digits.baseAddress else { return }
            _ = Glibc.write(STDERR_FILENO, start + hidden, 2 - hidden)
        }
        write("); please report it with --trace\n")
        _exit(70)
    }

    private static func write(_ text: StaticString) {
        _ = Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }
}
