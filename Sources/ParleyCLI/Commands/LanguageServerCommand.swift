import ArgumentParser
import Glibc
import Parley
import ParleyLanguageServer
import ParleyNetwork
import ParleySyntax

/// `parley lsp`: a language server for editors.
struct LanguageServerCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp",
        abstract: "Serve editors over standard input and output.",
        discussion: """
            Speaks the Language Server Protocol: diagnostics as you type, what a word means, \
            completion, formatting, colours by meaning, definitions, references, renaming. \
            Editors start it; grammar/spec/editors.md says how, for Neovim, Helix, VS Code and \
            Emacs.

            Nothing is sent to any server. Files that a script uses are read below the folder \
            that the editor has open, or below the script's own.

            Exit codes: 0 the editor said goodbye, 1 it went away without.
            """
    )

    @Flag(
        help: .init("Accepted, because some editors say so; it is always so.", visibility: .hidden)
    )
    var stdio = false

    mutating func execute() throws -> Int32 {
        let server = LanguageServer(
            files: Self.files,
            version: CommandLineTool.version,
            reasons: Explanations.reasons.map(\.name)
        ) { name in
            if let explanation = Explanations.reason(name) {
                return [explanation.title, explanation.meaning] + explanation.remedies
            }
            return Explanations.code(name).map { [$0] }
        }
        return Self.serve(server)
    }

    /// Feeds the server what comes, before anything else that it has to do.
    private static func serve(_ server: LanguageServer) -> Int32 {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if let status = server.exitStatus { return status }
            if server.takesInput, isReadable(waits: !server.hasWork) {
                let count = read(STDIN_FILENO, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return drain(server) }
                server.receive(chunk.prefix(count))
                continue
            }
            let octets = server.step()
            if !octets.isEmpty { StandardStream.output.write(octets: octets) }
        }
    }

    /// The client has closed its side; what it has asked is still answered.
    private static func drain(_ server: LanguageServer) -> Int32 {
        while server.hasWork {
            let octets = server.step()
            if !octets.isEmpty { StandardStream.output.write(octets: octets) }
        }
        return server.exitStatus ?? ExitStatus.failure
    }

    private static func isReadable(waits: Bool) -> Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, waits ? -1 : 0) > 0
    }

    private static let files = ServerFiles(
        resolve: { FilePath.resolve($0) },
        read: { path in
            // Nothing that could keep the server waiting: no pipes, no devices.
            FileReader.read(path, limit: Parser.maximumSize).mapError { failure in
                switch failure {
                case .system(let words): ServerFiles.Failure(words.lowercasedFirst)
                case .notAFile: ServerFiles.Failure("it is no file")
                case .tooLarge: ServerFiles.Failure("it is larger than 8 MiB")
                }
            }
        },
        entries: { folder, prefix in
            FolderReader.entries(of: folder, beginning: prefix)
                .map { $0.name + ($0.isFolder ? "/" : "") }
        }
    )
}
