import Glibc
import ParleyDiagnostics
import ParleySyntax

/// Reads a script's file, within a bound.
package enum InputFile {
    /// Why it cannot be read.
    package struct Failure: Error {
        /// The whole sentence, safe to show: `probe.parley: no such file or directory`.
        package var message: String
        /// The reason alone.
        package var reason: String

        init(_ path: String, _ reason: String) {
            self.reason = reason
            message = "\(DisplayText.safe(path)): \(reason)"
        }
    }

    /// The file's octets; `-` is standard input.
    package static func read(_ path: String) -> Result<[UInt8], Failure> {
        let isStandardInput = path == "-"
        let descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            return .failure(Failure(path, systemError.lowercasedFirst))
        }
        defer { if !isStandardInput { close(descriptor) } }
        var status = stat()
        if !isStandardInput {
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
                return .failure(Failure(path, "is a folder; name the scripts in it"))
            }
        }
        return read(descriptor, path)
    }

    private static func read(_ descriptor: Int32, _ path: String) -> Result<[UInt8], Failure> {
        let limit = Parser.maximumSize
        let chunk = 1 << 16
        var octets: [UInt8] = []
        while octets.count <= limit {
            let start = octets.count
            octets.append(contentsOf: repeatElement(0, count: chunk))
            let count = octets.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + start }, chunk)
            }
            octets.removeLast(chunk - max(0, count))
            if count < 0, errno == EINTR { continue }
            if count < 0 { return .failure(Failure(path, systemError.lowercasedFirst)) }
            if count == 0 {
                // One sentence instead of a complaint about every octet.
                guard !isBinary(octets) else {
                    return .failure(Failure(path, "holds binary data and is no script"))
                }
                return .success(octets)
            }
        }
        return .failure(Failure(path, "is larger than 8 MiB"))
    }

    /// Whether nobody wrote this: it holds NUL, or control characters beside what is no UTF-8.
    private static func isBinary(_ octets: [UInt8]) -> Bool {
        guard !octets.contains(0) else { return true }
        let hasControl = octets.contains { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20) }
        return hasControl && String(validating: octets, as: UTF8.self) == nil
    }

    /// What the system says of the latest failure.
    package static var systemError: String { String(cString: strerror(errno)) }
}
