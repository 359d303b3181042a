import Glibc
import Synchronization

/// A file that takes the secrets of sessions in the NSS key log format, by which a capture can be
/// decrypted: one line a secret. Several runs may append to the same file.
public final class TLSKeyLog: Sendable {
    private let descriptor: Int32
    private let hasFailed = Atomic<Bool>(false)

    /// Opens the file to append to; it is made readable by its owner only.
    ///
    /// - Throws: `TLSError` of code `.unreadable` where it cannot be opened, or is no file, or
    ///   others may read it.
    public init(path: String) throws(TLSError) {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let opened = open(path, flags, mode_t(0o600))
        let name = SafeText.escape(path, limit: 200)
        guard opened >= 0 else {
            throw TLSError(.unreadable, "key log \(name): \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw TLSError(.unreadable, "key log \(name): not a file")
        }
        // A file that was there before keeps its mode, and these lines are as good as keys.
        guard status.st_mode & 0o077 == 0 else {
            close(opened)
            throw TLSError(.unreadable, "key log \(name): others may read it; chmod 600 it")
        }
        descriptor = opened
    }

    deinit {
        close(descriptor)
    }

    /// Whether a line could not be written.
    public var isIncomplete: Bool { hasFailed.load(ordering: .relaxed) }

    /// Appends a line in one write, so that lines of several threads do not mix.
    func write(_ line: UnsafePointer<CChar>) {
        let bytes = Array(UnsafeRawBufferPointer(start: line, count: strlen(line))) + [0x0A]
        if Glibc.write(descriptor, bytes, bytes.count) != bytes.count {
            hasFailed.store(true, ordering: .relaxed)
        }
    }
}
