import Foundation

/// A server in a process of its own that lives as long as a test.
///
/// It inherits no descriptor: those by which Foundation sees that a process of another test has
/// ended would otherwise stay open in it, and two tests could wait for each other's servers.
final class BackgroundServer {
    private let process: pid_t
    private let input: Int32
    private let output: Int32

    /// Closes what was inherited, and becomes the server.
    private static let launcher = """
        for name in /proc/self/fd/*; do
            number=${name##*/}
            [ "$number" -le 2 ] || eval "exec $number>&-"
        done
        exec "$@"
        """

    /// Starts it; its standard input stays open and silent.
    init(_ executable: String, _ arguments: [String]) throws {
        var (inward, outward) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
        guard pipe(&inward) == 0, pipe(&outward) == 0 else { throw Failure(said: "no pipes") }
        for descriptor in inward + outward { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inward[0], 0)
        posix_spawn_file_actions_adddup2(&actions, outward[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let bash = ["/bin/bash", "-c", Self.launcher, "launcher", executable] + arguments
        let words: [UnsafeMutablePointer<CChar>?] = bash.map { strdup($0) } + [nil]
        let settings = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"]
        let variables: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var number: pid_t = 0
        let status = posix_spawn(&number, "/bin/bash", &actions, nil, words, variables)
        close(inward[0])
        close(outward[1])
        process = number
        input = inward[1]
        output = outward[0]
        guard status == 0 else { throw Failure(said: "\(executable): error \(status)") }
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        close(input)
        close(output)
    }

    /// The number that it prints where the pattern's group stands.
    func number(in pattern: Regex<(Substring, Substring)>) throws -> Int {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            if let match = text.firstMatch(of: pattern), let number = Int(match.1) { return number }
            let count = read(output, &buffer, buffer.count)
            guard count > 0 else { throw Failure(said: text) }
            text += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }

    /// Nobody reads what it prints any more; it must not wait for that.
    func ignoreOutput() {
        let descriptor = dup(output)
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 4096)
            while read(descriptor, &buffer, buffer.count) > 0 {}
            close(descriptor)
        }
    }

    struct Failure: Error {
        var said: String
    }
}
