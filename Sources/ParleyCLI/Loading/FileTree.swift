import Glibc
import Parley
import ParleyDiagnostics
import ParleyNetwork

/// The scripts that files and folders name.
enum FileTree {
    private static let depthLimit = 64

    /// Files as they are, and of folders every `.parley` file below, in order of their names;
    /// hidden folders and links to folders are passed over.
    static func scripts(in arguments: [String]) -> (paths: [String], problems: [String]) {
        var paths: [String] = []
        var problems: [String] = []
        for argument in arguments {
            var status = stat()
            let isFolder =
                argument != "-" && stat(argument, &status) == 0
                && status.st_mode & S_IFMT == S_IFDIR
            if isFolder {
                collect(argument, 0, &paths, &problems)
            } else {
                paths.append(argument)
            }
        }
        return (paths, problems)
    }

    private static func collect(
        _ folder: String,
        _ depth: Int,
        _ paths: inout [String],
        _ problems: inout [String]
    ) {
        guard depth < depthLimit, let directory = opendir(folder) else {
            problems.append("\(DisplayText.safe(folder)): \(InputFile.systemError.lowercasedFirst)")
            return
        }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        closedir(directory)
        for name in names.sorted() {
            let path = FilePath.join(folder, name)
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                collect(path, depth + 1, &paths, &problems)
            } else if name.hasSuffix(".parley") {
                paths.append(path)
            }
        }
    }
}
