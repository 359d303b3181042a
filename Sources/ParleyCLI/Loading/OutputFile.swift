import Glibc
import Parley
import ParleyDiagnostics
import ParleyNetwork

/// Replaces a file as a whole: whoever reads meanwhile sees the old text or the new one.
enum OutputFile {
    /// Writes the octets; returns what went wrong, in a sentence safe to show.
    static func replace(_ path: String, with octets: [UInt8]) -> String? {
        // A link stays a link: what it points to is replaced.
        let target = FilePath.resolve(path) ?? path
        var status = stat()
        let mode = stat(target, &status) == 0 ? status.st_mode & 0o777 : 0o644
        let temporary = "\(target).parley-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { return problem(path) }
        let isWritten =
            FileWriter.write(octets, to: descriptor) && fchmod(descriptor, mode) == 0
        guard close(descriptor) == 0, isWritten, rename(temporary, target) == 0 else {
            let text = problem(path)
            unlink(temporary)
            return text
        }
        return nil
    }

    private static func problem(_ path: String) -> String {
        "\(DisplayText.safe(path)): \(InputFile.systemError.lowercasedFirst)"
    }
}
