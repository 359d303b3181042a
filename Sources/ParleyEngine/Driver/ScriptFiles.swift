import Glibc
import ParleyMachine

/// The files a script may read: those below its own folder, and nothing else.
struct ScriptFiles: Sendable {
    /// The script's folder, links resolved.
    let folder: String

    /// The largest file that is read, in octets.
    static let limit = 64 << 20

    /// The files of the script at `path`; those of a script that is no file are below the present
    /// folder.
    init(scriptPath path: String) {
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let joined = parent.joined(separator: "/")
        folder = Self.resolve(joined.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : joined) ?? "."
    }

    /// The octets of the file at `path`.
    func read(_ path: String) -> Result<[UInt8], FileFailure> {
        locate(path).flatMap { Self.readAll($0, shownAs: path) }
    }

    /// Where the file at `path` is, if the script may read it.
    func locate(_ path: String) -> Result<String, FileFailure> {
        let full = path.hasPrefix("/") ? path : folder + "/" + path
        guard let resolved = Self.resolve(full) else {
            return .failure(
                FileFailure(
                    reason: "local.file",
                    message: "cannot read \(path): \(Self.systemError)"
                )
            )
        }
        guard resolved.hasPrefix(folder == "/" ? "/" : folder + "/") else {
            return .failure(
                FileFailure(
                    reason: "script.permission",
                    message: "\(path) is outside the script's folder \(folder)"
                )
            )
        }
        return .success(resolved)
    }

    private static func readAll(_ path: String, shownAs name: String) -> Result<
        [UInt8], FileFailure
    > {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return unreadable(name, systemError) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return unreadable(name, "not a file")
        }
        guard status.st_size <= limit else {
            return unreadable(name, "larger than \(limit >> 20) MB")
        }
        var octets: [UInt8] = []
        octets.reserveCapacity(Int(status.st_size))
        let chunk = 1 << 16
        while octets.count <= limit {
            let start = octets.count
            octets.append(contentsOf: repeatElement(0, count: chunk))
            let count = octets.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + start }, chunk)
            }
            octets.removeLast(chunk - max(0, count))
            if count < 0 { return unreadable(name, systemError) }
            if count == 0 { return .success(octets) }
        }
        return unreadable(name, "larger than \(limit >> 20) MB")
    }

    private static func unreadable(_ name: String, _ why: String) -> Result<[UInt8], FileFailure> {
        .failure(FileFailure(reason: "local.file", message: "cannot read \(name): \(why)"))
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static var systemError: String { String(cString: strerror(errno)) }
}
