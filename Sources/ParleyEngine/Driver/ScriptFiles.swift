import ParleyMachine
import ParleyNetwork

/// The files a script may read: those below its own folder, and nothing else.
struct ScriptFiles: Sendable {
    /// The script's folder, links resolved.
    let folder: String

    /// The largest file that is read, in octets.
    static let limit = 64 << 20

    /// The files of the script at `path`; those of a script that is no file are below the present
    /// folder.
    init(scriptPath path: String) {
        folder = FilePath.resolve(FilePath.parent(of: path)) ?? "."
    }

    /// The octets of the file at `path`.
    func read(_ path: String) -> Result<[UInt8], FileFailure> {
        locate(path).flatMap { found in
            FileReader.read(found, limit: Self.limit).mapError { failure in
                let why =
                    switch failure {
                    case .system(let words): words
                    case .notAFile: "not a file"
                    case .tooLarge: "larger than \(Self.limit >> 20) MB"
                    }
                return FileFailure(reason: "local.file", message: "cannot read \(path): \(why)")
            }
        }
    }

    /// Where the file at `path` is, if the script may read it.
    func locate(_ path: String) -> Result<String, FileFailure> {
        let full = path.hasPrefix("/") ? path : FilePath.join(folder, path)
        guard let resolved = FilePath.resolve(full) else {
            return .failure(
                FileFailure(
                    reason: "local.file",
                    message: "cannot read \(path): \(FileReader.systemError)"
                )
            )
        }
        guard FilePath.below(folder, resolved) != nil else {
            return .failure(
                FileFailure(
                    reason: "script.permission",
                    message: "\(path) is outside the script's folder \(folder)"
                )
            )
        }
        return .success(resolved)
    }
}
