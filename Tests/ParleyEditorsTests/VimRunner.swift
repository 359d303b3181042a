import Foundation

/// Runs the real Vim without a terminal, with the repository's files for it and no others.
enum VimRunner {
    /// Where Vim is; `nil` if it is not installed.
    static let program = ["/usr/bin/vim", "/usr/local/bin/vim"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// What is wrong with a run.
    struct Failure: Error {
        var message: String
    }

    /// The repository.
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Opens a script and carries out commands, which put lines into the list `told`.
    ///
    /// - Returns: those lines.
    static func lines(
        of text: String,
        name: String = "typed.parley",
        _ commands: String
    ) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (script, told) = (folder.appending(path: name), folder.appending(path: "told"))
        try Data(text.utf8).write(to: script)
        let start = """
            set nocompatible encoding=utf-8 viminfo= noswapfile
            set runtimepath=\(root.path)/grammar/vim,$VIMRUNTIME
            filetype plugin indent on
            syntax on
            edit \(script.path)
            let told = []
            \(commands)
            call writefile(told, '\(told.path)')
            qall!
            """
        let startFile = folder.appending(path: "start.vim")
        try Data(start.utf8).write(to: startFile)
        let process = Process()
        process.executableURL = URL(filePath: program ?? "/usr/bin/vim")
        process.arguments = ["-es", "-u", "NONE", "-i", "NONE", "-S", startFile.path]
        process.environment = ["HOME": folder.path, "TERM": "dumb", "LC_ALL": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard let data = try? Data(contentsOf: told) else {
            throw Failure(message: "Vim ended with \(process.terminationStatus) and told nothing")
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map { String($0) }
    }

    /// The pieces of a text with the group that each has, without `parley` in front.
    static func pieces(of text: String) throws -> [(group: String, text: String)] {
        let commands = """
            for line in range(1, line('$'))
              let text = getline(line)
              let [last, piece, column] = ['', '', 1]
              while column <= len(text)
                let group = synIDattr(synID(line, column, 1), 'name')
                if group !=# last && piece !=# ''
                  call add(told, last . "\\t" . piece)
                  let piece = ''
                endif
                let last = group
                let width = len(strcharpart(strpart(text, column - 1), 0, 1))
                let piece .= strpart(text, column - 1, width)
                let column += width
              endwhile
              call add(told, last . "\\t" . piece)
            endfor
            """
        return try lines(of: text, commands).map { line in
            let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            let group = parts[0].hasPrefix("parley") ? parts[0].dropFirst(6) : parts[0]
            return (String(group), parts.count > 1 ? String(parts[1]) : "")
        }
    }
}
