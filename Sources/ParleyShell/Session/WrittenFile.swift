import Glibc
import Parley
import ParleyDiagnostics
import ParleyNetwork

/// A file that a command writes: whole or not at all, and never over another one by mistake.
struct WrittenFile {
    /// Where it goes; `~/` is the home.
    let path: String
    /// Whether a file that is there already is replaced: the command was followed by `!`.
    let replaces: Bool

    /// The file that a command's argument names: `FILE`, or `! FILE`.
    init(_ argument: String, home: String?) {
        replaces = argument.first == "!"
        var path = String((replaces ? argument.dropFirst() : argument[...]).drop { $0 == " " })
        if path.count > 1, path.first == "\"", path.last == "\"" {
            path = String(path.dropFirst().dropLast())
        }
        if path.hasPrefix("~/"), let home { path = home + path.dropFirst() }
        self.path = path
    }

    /// What keeps it from being written, in a sentence.
    struct Problem: Error {
        var message: String
        /// Whether there is a file of that name.
        var isThere = false
    }

    /// Writes the octets.
    func write(_ octets: [UInt8], mode: mode_t) throws(Problem) {
        let target = replaces ? "\(path).parley-\(getpid())" : path
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let descriptor = open(target, flags, mode)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw Problem(message: "\(shown) is there already", isThere: true)
            }
            throw problem
        }
        let isWritten = fchmod(descriptor, mode) == 0 && FileWriter.write(octets, to: descriptor)
        guard close(descriptor) == 0, isWritten, !replaces || rename(target, path) == 0 else {
            let problem = problem
            unlink(target)
            throw problem
        }
    }

    private var shown: String { DisplayText.safe(path, limit: 400) }

    private var problem: Problem {
        Problem(message: "\(shown): \(FileReader.systemError.lowercasedFirst)")
    }
}
