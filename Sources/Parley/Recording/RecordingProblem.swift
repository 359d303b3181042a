/// Why a recording was not written.
package struct RecordingProblem: Error, Equatable {
    /// What is wrong, in a sentence safe to show.
    package var message: String
    /// What to do about it.
    package var help: String?

    init(_ message: String, help: String? = nil) {
        self.message = message
        self.help = help
    }
}
