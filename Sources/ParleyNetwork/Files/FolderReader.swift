internal import Glibc

/// Lists a folder within a bound: for completion, which must not wait for a large one.
package enum FolderReader {
    /// What stands in a folder.
    package struct Entry: Hashable, Sendable {
        /// Its name.
        package var name: String
        /// Whether it is a folder, or a link to one.
        package var isFolder: Bool
    }

    /// The entries of the folder at `path` whose names begin with `prefix`, in alphabetical order;
    /// hidden ones only where the prefix says so. None for what is no folder.
    ///
    /// - Parameter limit: how many entries are looked at.
    package static func entries(
        of path: String,
        beginning prefix: String,
        limit: Int = 4096
    ) -> [Entry] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var entries: [Entry] = []
        var looked = 0
        while looked < limit, let entry = readdir(folder) {
            looked += 1
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(prefix), name != ".", name != "..",
                !name.hasPrefix(".") || prefix.hasPrefix(".")
            else { continue }
            var isFolder = entry.pointee.d_type == UInt8(DT_DIR)
            if entry.pointee.d_type == UInt8(DT_LNK) || entry.pointee.d_type == UInt8(DT_UNKNOWN) {
                var status = stat()
                isFolder =
                    stat(FilePath.join(path, name), &status) == 0
                    && status.st_mode & S_IFMT == S_IFDIR
            }
            entries.append(Entry(name: name, isFolder: isFolder))
        }
        return entries.sorted { $0.name < $1.name }
    }
}
