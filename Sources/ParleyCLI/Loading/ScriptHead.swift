import Glibc

/// The first octets of a file.
enum ScriptHead {
    /// Whether the file says who runs it: `#!/usr/bin/env parley`.
    static func isInterpreted(_ path: String) -> Bool {
        // A pipe or a device would have to be read to tell.
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var octets: [UInt8] = [0, 0]
        return read(descriptor, &octets, octets.count) == 2 && octets == Array("#!".utf8)
    }
}
