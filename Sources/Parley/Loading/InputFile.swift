import ParleyDiagnostics
import ParleyNetwork
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
        let limit = Parser.maximumSize
        let result =
            path == "-"
            ? FileReader.readStandardInput(limit: limit)
            : FileReader.read(path, limit: limit, kind: .any)
        switch result {
        case .success(let octets):
            // One sentence instead of a complaint about every octet.
            guard !isBinary(octets) else {
                return .failure(Failure(path, "holds binary data and is no script"))
            }
            return .success(octets)
        case .failure(.system(let words)):
            return .failure(Failure(path, words.lowercasedFirst))
        case .failure(.notAFile):
            return .failure(Failure(path, "is a folder; name the scripts in it"))
        case .failure(.tooLarge):
            return .failure(Failure(path, "is larger than 8 MiB"))
        }
    }

    /// Whether nobody wrote this: it holds NUL, or control characters beside what is no UTF-8.
    private static func isBinary(_ octets: [UInt8]) -> Bool {
        guard !octets.contains(0) else { return true }
        let hasControl = octets.contains { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20) }
        return hasControl && String(validating: octets, as: UTF8.self) == nil
    }

    /// What the system says of the latest failure.
    package static var systemError: String { FileReader.systemError }
}
