import Glibc
import Parley
import ParleyDiagnostics

/// `:record [FILE]`, `:record off`
struct RecordCommand: ShellCommand {
    let name = "record"
    let arguments = "[FILE | off]"
    let help = "write the conversation, from its beginning on, as a script that needs no network"

    let completes = CommandArgument.file

    var refusalForGuests: (message: String, help: String)? {
        (
            "a run that is debugged is not recorded",
            "`parley record FILE` runs a script and records it"
        )
    }

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        guard argument.first != "!" else {
            return shell.complain(
                "a recording replaces recordings and nothing else",
                help: "`:record FILE` with another name, or remove the file first"
            )
        }
        if argument == "off" {
            guard let path = shell.recording else {
                return shell.complain("nothing is being recorded", help: "`:record FILE` begins")
            }
            shell.recording = nil
            shell.output.show(["recorded: parley run \(DisplayText.safe(path))"])
            return .done
        }
        let path = argument.isEmpty ? Self.freeName() : argument
        let earlier = shell.recording
        shell.recording = path
        guard shell.keepRecording() else {
            shell.recording = earlier
            return .failed
        }
        shell.output.show(["recording to \(DisplayText.safe(path)); `:record off` ends it"])
        return .done
    }

    private static func freeName() -> String {
        var number = 1
        while true {
            let name = "conversation\(number == 1 ? "" : "-\(number)").parley"
            guard number < 1000, access(name, F_OK) == 0 else { return name }
            number += 1
        }
    }
}
