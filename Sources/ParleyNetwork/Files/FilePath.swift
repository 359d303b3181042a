internal import Glibc

/// Paths as the system takes them.
package enum FilePath {
    /// The folder that holds the file: `.` for a bare name.
    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A path's last part; the path itself if it has none.
    package static func last(of path: String) -> String {
        path.split(separator: "/").last.map { String($0) } ?? path
    }

    /// What of a resolved path follows its folder; `nil` if it does not lie below.
    package static func below(_ folder: String, _ path: String) -> String? {
        let prefix = folder == "/" ? "/" : folder + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
    }

    /// The path of a name in a folder.
    package static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// The absolute path without links; `nil`, and `errno`, if there is none.
    package static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
