import Parley
import ParleyEngine

extension Shell {
    /// Writes the recording anew, if there is one; `false` if that cannot be done, which is told.
    @discardableResult
    func keepRecording() -> Bool {
        guard let path = recording, let recorder = configuration.options.recorder else {
            return true
        }
        let conversation = RecordedConversation(entries)
        do throws(RecordingProblem) {
            try Recording(
                of: "a conversation",
                path: path,
                recorder: recorder,
                parameters: [],
                servers: recorder.servers(
                    of: "",
                    isSingle: true,
                    without: conversation.unsaid,
                    otherNames: conversation.names
                ),
                script: conversation.text
            )
            .write(to: path)
            return true
        } catch {
            _ = complain("the recording is not written: \(error.message)", help: error.help)
            return false
        }
    }
}
