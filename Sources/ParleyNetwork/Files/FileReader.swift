internal import Glibc

/// Reads files within a bound: the one reader of scripts and of what they name.
package enum FileReader {
    /// Why a file cannot be read.
    package enum Failure: Error, Hashable {
        /// The system's own words: `No such file or directory`.
        case system(String)
        /// A folder, or where only files will do, a pipe or a device.
        case notAFile
        /// Larger than the bound.
        case tooLarge
    }

    /// What may be read.
    package enum Kind {
        /// A file on a disk, and nothing that could keep the reader waiting.
        case regular
        /// Whatever has octets: pipes and devices too.
        case any
    }

    /// How much is read at once of what says no size.
    private static let chunk = 1 << 16
    /// How much is read beyond the size that a file says it has.
    private static let slack = 1 << 9

    /// The octets of the file at `path`, of which there may be `limit`.
    package static func read(
        _ path: String,
        limit: Int,
        kind: Kind = .regular
    ) -> Result<[UInt8], Failure> {
        let waits = kind == .regular ? O_NONBLOCK : 0
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | waits)
        guard descriptor >= 0 else { return .failure(.system(systemError)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .failure(.system(systemError)) }
        let format = status.st_mode & S_IFMT
        guard kind == .any ? format != S_IFDIR : format == S_IFREG else {
            return .failure(.notAFile)
        }
        if format == S_IFREG, status.st_size > limit { return .failure(.tooLarge) }
        return read(descriptor, limit: limit, expecting: Int(clamping: status.st_size))
    }

    /// The octets of standard input, of which there may be `limit`.
    package static func readStandardInput(limit: Int) -> Result<[UInt8], Failure> {
        read(STDIN_FILENO, limit: limit, expecting: 0)
    }

    private static func read(
        _ descriptor: Int32,
        limit: Int,
        expecting size: Int
    ) -> Result<[UInt8], Failure> {
        var octets: [UInt8] = []
        octets.reserveCapacity(size == 0 ? chunk : min(size, limit) + slack)
        while octets.count <= limit {
            let start = octets.count
            // As much as is due, and a little to see the end: each page touched costs a fault.
            let room = size == 0 ? chunk : max(min(size, limit) - start, slack)
            octets.append(contentsOf: repeatElement(0, count: room))
            let count = octets.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + start }, room)
            }
            let number = errno
            octets.removeLast(room - max(0, count))
            if count < 0, number == EINTR { continue }
            if count < 0 { return .failure(.system(String(cString: strerror(number)))) }
            if count == 0 { return .success(octets) }
        }
        return .failure(.tooLarge)
    }

    /// What the system says of the latest failure.
    package static var systemError: String { String(cString: strerror(errno)) }
}
