import Glibc
import Parley
import ParleyNetwork
import ParleyShell

/// The editor that a person chose, for inputs that want more than a line.
enum ExternalEditor {
    /// Lets the person change a text.
    ///
    /// Blocks until the editor ends. The terminal is its own meanwhile.
    ///
    /// - Parameter whenStopped: stops this process as well, until somebody lets both go on.
    static func change(_ text: String, whenStopped: () -> Void) -> EditedText {
        let chosen = ["VISUAL", "EDITOR"].lazy.compactMap { ProcessEnvironment.variable($0) }
        guard let command = chosen.first(where: { !$0.isEmpty }) else { return .noEditor }
        let folder = ProcessEnvironment.variable("TMPDIR") ?? "/tmp"
        // For its owner's eyes only, as mkstemps makes files.
        var name = Array("\(folder)/parley-XXXXXX.parley".utf8CString)
        let descriptor = mkstemps(&name, 7)
        guard descriptor >= 0 else {
            return .failed("\(folder): \(FileReader.systemError.lowercasedFirst)")
        }
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(path) }
        let isWritten = FileWriter.write(Array((text + "\n").utf8), to: descriptor)
        guard close(descriptor) == 0, isWritten else {
            return .failed("\(path): \(FileReader.systemError.lowercasedFirst)")
        }
        switch run(["/bin/sh", "-c", command + " \"$1\"", "sh", path], whenStopped) {
        case 0: break
        case 127: return .failed("‘\(command)’ was not found")
        case let code?: return .failed("‘\(command)’ ended with code \(code)")
        case nil: return .failed("‘\(command)’ was killed")
        }
        guard let octets = read(path), let text = String(validating: octets, as: UTF8.self) else {
            return .failed("‘\(command)’ left no UTF-8")
        }
        return .changed(text)
    }

    /// Runs a program to its end, with the signals as a shell hands them on; its exit code, if it
    /// came to one.
    private static func run(_ words: [String], _ whenStopped: () -> Void) -> Int32? {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var ours = sigset_t()
        sigemptyset(&ours)
        sigaddset(&ours, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &ours)
        let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        guard posix_spawn(&process, words[0], nil, &attributes, arguments, environ) == 0 else {
            return nil
        }
        var status: Int32 = 0
        while true {
            guard waitpid(process, &status, WUNTRACED) == process else {
                guard errno == EINTR else { return nil }
                continue
            }
            guard status & 0xFF == 0x7F else {
                return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
            }
            whenStopped()
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while octets.count < 1 << 20 {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            octets += chunk.prefix(count)
        }
        return octets
    }
}
