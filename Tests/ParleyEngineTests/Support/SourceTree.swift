import Foundation

/// The files of this repository.
struct SourceTree {
    struct File: Sendable, CustomStringConvertible {
        /// The path below the root: `Sources/ParleyWire/Raw/RawClient.swift`.
        var path: String
        var text: String
        var lines: [Substring]
        var description: String { path }

        /// The folder below `Sources` or `Tests`.
        var module: String { String(path.split(separator: "/")[1]) }
    }

    static let root = URL(filePath: #filePath)
        .resolvingSymlinksInPath()
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The Swift files below a folder of the root.
    static func files(below folder: String) throws -> [File] {
        let url = root.appending(path: folder)
        return try FileManager.default.subpathsOfDirectory(atPath: url.path)
            .filter { $0.hasSuffix(".swift") }
            .sorted()
            .map { path in
                let text = try String(contentsOf: url.appending(path: path), encoding: .utf8)
                return File(
                    path: "\(folder)/\(path)",
                    text: text,
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false)
                )
            }
    }
}
