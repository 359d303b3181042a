import Glibc
import Parley
import ParleyDiagnostics
import ParleyNetwork

/// The history on disk: `$XDG_STATE_HOME/parley/history`, for its owner's eyes only.
///
/// Several parleys may append at a time: each entry is one write under a lock, and whoever finds
/// the file too long replaces it under that lock.
struct HistoryFile {
    /// Octets beyond which the file is made shorter, and those of one entry that are kept at all.
    private static let limit = 1 << 20
    private static let entryLimit = 1 << 16

    let path: String

    /// What was read, and what is to be told about it.
    struct Loaded {
        var entries: [String] = []
        var warning: String?
        /// Whether entries may be added.
        var isUsable = true
    }

    /// Below the XDG state folder; `nil` if the environment has no home.
    static var standardPath: String? {
        let state = ProcessEnvironment.variable("XDG_STATE_HOME") ?? ""
        if state.hasPrefix("/") { return state + "/parley/history" }
        guard let home = ProcessEnvironment.variable("HOME"), home.hasPrefix("/") else {
            return nil
        }
        return home + "/.local/state/parley/history"
    }

    /// Reads it, and makes it where there is none.
    func load() -> Loaded {
        if let problem = prepareFolder() { return unusable(problem) }
        switch locked(writing: true) {
        case .failure(let problem):
            // Read-only: what is there can still be called back.
            guard case .success(let descriptor) = locked(writing: false) else {
                return unusable(problem.text)
            }
            defer { close(descriptor) }
            var loaded = read(descriptor)
            loaded.warning = loaded.warning ?? problem.text
            loaded.isUsable = false
            return loaded
        case .success(let descriptor):
            defer { close(descriptor) }
            fchmod(descriptor, 0o600)
            var loaded = read(descriptor)
            guard loaded.isUsable else { return loaded }
            if loaded.warning != nil || size(descriptor) > Self.limit {
                if let problem = replace(with: loaded.entries) { return unusable(problem) }
            } else if size(descriptor) == 0 {
                loaded.isUsable = append(Array(HistoryText.header.utf8), to: descriptor)
            }
            return loaded
        }
    }

    /// Adds an entry; `nil`, or what is wrong.
    func append(_ entry: String) -> String? {
        let line = HistoryText.encoded(entry) + [0x0A]
        guard line.count <= Self.entryLimit else { return nil }
        // Somebody may have cleared the folder away meanwhile.
        if access(path, F_OK) != 0, let problem = prepareFolder() { return problem }
        switch locked(writing: true) {
        case .failure(let problem): return problem.text
        case .success(let descriptor):
            defer { close(descriptor) }
            let header = size(descriptor) == 0 ? Array(HistoryText.header.utf8) : []
            guard append(header + line, to: descriptor) else { return systemProblem }
            if size(descriptor) > Self.limit + Self.limit / 4 {
                return replace(with: read(descriptor).entries)
            }
            return nil
        }
    }

    private struct Problem: Error {
        var text: String
    }

    private func unusable(_ problem: String) -> Loaded {
        Loaded(warning: problem, isUsable: false)
    }

    private var systemProblem: String {
        "\(DisplayText.safe(path)): \(InputFile.systemError.lowercasedFirst)"
    }

    /// Makes the folder, and the ones above it, as the XDG rules want them.
    private func prepareFolder() -> String? {
        let folder = FilePath.parent(of: path)
        var made = ""
        for part in folder.split(separator: "/") {
            made += "/" + part
            if mkdir(made, 0o700) != 0, errno != EEXIST, errno != EROFS, errno != EACCES {
                return systemProblem
            }
        }
        var status = stat()
        guard stat(folder, &status) == 0 else { return systemProblem }
        if status.st_uid == geteuid(), status.st_mode & 0o077 != 0 { chmod(folder, 0o700) }
        return nil
    }

    /// Opens and locks the file that the path names, which must be its owner's alone.
    private func locked(writing: Bool) -> Result<Int32, Problem> {
        var link = stat()
        // A link of one's own is followed; another's might lead anywhere.
        if lstat(path, &link) == 0, link.st_uid != geteuid() {
            return .failure(Problem(text: "\(DisplayText.safe(path)): belongs to somebody else"))
        }
        for _ in 0..<8 {
            let flags = (writing ? O_RDWR | O_CREAT | O_APPEND : O_RDONLY) | O_CLOEXEC | O_NONBLOCK
            let descriptor = open(path, flags, 0o600)
            guard descriptor >= 0 else { return .failure(Problem(text: systemProblem)) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                status.st_uid == geteuid()
            else {
                close(descriptor)
                let text = "\(DisplayText.safe(path)): is no file of one's own"
                return .failure(Problem(text: text))
            }
            guard lock(descriptor, writing ? LOCK_EX : LOCK_SH) else {
                close(descriptor)
                return .failure(Problem(text: "\(DisplayText.safe(path)): somebody keeps it"))
            }
            var now = stat()
            if stat(path, &now) == 0, now.st_ino == status.st_ino, now.st_dev == status.st_dev {
                return .success(descriptor)
            }
            // Replaced meanwhile: the lock is on what nobody reads any more.
            close(descriptor)
        }
        return .failure(Problem(text: "\(DisplayText.safe(path)): changes all the time"))
    }

    /// Waits a moment for others, not for ever: one of them may be stopped.
    private func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
        for _ in 0..<500 {
            if flock(descriptor, kind | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else { return false }
            usleep(2000)
        }
        return false
    }

    private func size(_ descriptor: Int32) -> Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    /// The entries of the file; of one that is far too long, those at its end.
    private func read(_ descriptor: Int32) -> Loaded {
        let length = size(descriptor)
        let start = max(0, length - 2 * Self.limit)
        var octets = [UInt8](repeating: 0, count: length - start)
        var filled = 0
        while filled < octets.count {
            let count = octets.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor,
                    buffer.baseAddress.map { $0 + filled },
                    buffer.count - filled,
                    start + filled
                )
            }
            guard count > 0 else { break }
            filled += count
        }
        var rest = octets.prefix(filled)
        if start == 0 {
            let header = Array(HistoryText.header.utf8)
            guard rest.starts(with: header) || rest.isEmpty else {
                let text = "\(DisplayText.safe(path)): is no history of parley, and is left alone"
                return unusable(text)
            }
            rest = rest.dropFirst(header.count)
        } else {
            rest = rest.drop { $0 != 0x0A }.dropFirst()
        }
        var loaded = Loaded()
        var spoiled = 0
        if let last = rest.last, last != 0x0A {
            spoiled = 1
            while rest.last.map({ $0 != 0x0A }) == true { rest.removeLast() }
        }
        for line in rest.split(separator: 0x0A) {
            if let entry = HistoryText.decoded(line) {
                loaded.entries.append(entry)
            } else {
                spoiled += 1
            }
        }
        // What a full disk or a lost machine left is not read, and thrown away.
        if spoiled > 0 {
            loaded.warning =
                "\(DisplayText.safe(path)): \(spoiled) spoiled "
                + "\(spoiled == 1 ? "entry was" : "entries were") dropped"
        }
        loaded.entries = LineHistory.distinct(loaded.entries)
        return loaded
    }

    private func append(_ octets: [UInt8], to descriptor: Int32) -> Bool {
        FileWriter.write(octets, to: descriptor)
    }

    /// Writes the latest entries in place of the file; the caller holds its lock.
    private func replace(with entries: [String]) -> String? {
        var lines: [[UInt8]] = []
        var room = Self.limit / 2
        for entry in entries.reversed() {
            let line = HistoryText.encoded(entry) + [0x0A]
            room -= line.count
            guard room > 0 else { break }
            lines.append(line)
        }
        let octets = Array(HistoryText.header.utf8) + lines.reversed().joined()
        return OutputFile.replace(path, with: octets)
    }
}
