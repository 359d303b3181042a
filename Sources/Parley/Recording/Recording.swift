import Glibc
import ParleyDiagnostics
package import ParleyEngine
import ParleyNetwork
import ParleySyntax

/// A recording as a file: `replay`, the servers that answer, and the script that speaks to them.
package struct Recording {
    /// What a recording begins with; a file that begins otherwise is never replaced.
    package static let header = "# A recording of "

    /// The whole text, in Parley's style.
    package let text: String

    /// Puts a recording together and tries whether it is a script.
    ///
    /// - Parameters:
    ///   - title: what was recorded: a path, `a conversation`.
    ///   - path: where it is to be written: what it uses is looked up from there.
    ///   - parameters: names with their values, a word each as it stands in a script.
    ///   - servers: the blocks that ``Recorder`` made.
    ///   - script: the text that speaks to them; secrets are taken out of it.
    /// - Throws: ``RecordingProblem`` where no text comes of it that plays, or a secret would stay.
    package init(
        of title: String,
        path: String,
        recorder: Recorder,
        parameters: [(name: String, word: String)],
        servers: [String],
        script: String
    ) throws(RecordingProblem) {
        guard !recorder.isIncomplete else {
            throw RecordingProblem(
                "the servers said more than a recording holds (2 MiB)",
                help: "record fewer tests at a time"
            )
        }
        var lines = ["\(Self.header)\(DisplayText.safe(title)): it plays without a network."]
        let settings = parameters.map { "\($0.name) = \(recorder.scrub($0.word))" }
        lines.append(
            settings.isEmpty ? "replay" : "replay with " + settings.joined(separator: ", ")
        )
        lines += [""] + servers + [recorder.scrub(script)]
        let source = SourceText(name: path, lines.joined(separator: "\n") + "\n")
        let (tree, _) = Parser.parse(source)
        text = Formatter.format(tree)
        guard text.utf8.count <= Parser.maximumSize else {
            throw RecordingProblem("the recording is larger than a script may be (8 MiB)")
        }
        guard !recorder.hasSecret(text) else { throw Self.spelledLikeAWord }
        let loaded = ScriptLoader().load(SourceText(name: path, text), path: path)
        if let error = loaded.diagnostics.first(where: { $0.severity == .error }) {
            guard error.code != "script.name.file" else {
                throw RecordingProblem(
                    DisplayText.safe(error.message),
                    help: "write the recording beside the script, whose files it uses"
                )
            }
            throw RecordingProblem(
                "what was recorded makes no script: \(DisplayText.safe(error.message))",
                help: "does a secret stand in the script as a name or as a word of the language?"
            )
        }
    }

    private static let spelledLikeAWord = RecordingProblem(
        "a secret of this run is spelled like a word of the script, and would stay in it",
        help: "record with another password"
    )

    /// Writes the file as a whole: whoever reads meanwhile sees the old text or the new one.
    ///
    /// - Throws: ``RecordingProblem`` if it cannot be written, or if something else than a
    ///   recording is there.
    package func write(to path: String) throws(RecordingProblem) {
        if access(path, F_OK) == 0 {
            guard case .success(let octets) = InputFile.read(path),
                octets.starts(with: Array(Self.header.utf8))
            else {
                throw RecordingProblem(
                    "\(DisplayText.safe(path)) is there already, and is no recording",
                    help: "choose another name"
                )
            }
        }
        let temporary = "\(path).parley-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.system(path) }
        let isWritten = FileWriter.write(Array(text.utf8), to: descriptor)
        guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
            let problem = Self.system(path)
            unlink(temporary)
            throw problem
        }
    }

    private static func system(_ path: String) -> RecordingProblem {
        RecordingProblem("\(DisplayText.safe(path)): \(InputFile.systemError.lowercasedFirst)")
    }
}
