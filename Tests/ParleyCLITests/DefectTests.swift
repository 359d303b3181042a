import Foundation
import Testing

@Suite("A defect of Parley")
struct DefectTests {
    @Test("ends the process with 70 and one line that says what to do", .timeLimit(.minutes(1)))
    func signal() throws {
        let folder = FileManager.default.temporaryDirectory
        let script = folder.appending(path: "parley-defect-\(UUID().uuidString).parley")
        defer { try? FileManager.default.removeItem(at: script) }
        #expect(mkfifo(script.path, 0o600) == 0)
        for number in [SIGABRT, SIGILL, SIGSEGV] {
            let process = Tool.process(["run", script.path])
            let errors = Pipe()
            process.standardError = errors
            try process.run()
            // Nobody can open the pipe for writing before somebody reads from it: then it runs.
            var pipe: Int32 = -1
            while pipe < 0, process.isRunning {
                pipe = open(script.path, O_WRONLY | O_NONBLOCK)
                if pipe < 0 { usleep(1_000) }
            }
            defer { if pipe >= 0 { close(pipe) } }
            kill(process.processIdentifier, number)
            let said = errors.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == 70)
            #expect(
                String(decoding: said, as: UTF8.self)
                    == "parley: a defect in parley itself (signal \(number)); "
                    + "please report it with --trace\n"
            )
        }
    }
}
