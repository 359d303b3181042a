import Foundation

/// A process with pipes for its input and output.
///
/// It inherits no descriptor: those by which Foundation sees that a process of another test has
/// ended would otherwise stay open in it, and two tests could wait for each other's processes. Nor
/// does anybody else hold its input, which ends when it is closed here.
struct PipedProcess {
    struct Failure: Error {
        var said: String
    }

    let number: pid_t
    /// Where it reads from.
    let input: Int32
    /// Where it writes to.
    let output: Int32

    /// Closes what was inherited, and becomes the process.
    private static let launcher = """
        for name in /proc/self/fd/*; do
            number=${name##*/}
            [ "$number" -le 2 ] || eval "exec $number>&-"
        done
        exec "$@"
        """

    /// Starts it.
    ///
    /// - Parameter hidesErrors: whether nobody sees its standard error.
    init(
        _ executable: String,
        _ arguments: [String],
        environment: [String] = [],
        hidesErrors: Bool = false
    ) throws {
        var (inward, outward) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
        guard pipe(&inward) == 0, pipe(&outward) == 0 else { throw Failure(said: "no pipes") }
        for descriptor in inward + outward { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inward[0], 0)
        posix_spawn_file_actions_adddup2(&actions, outward[1], 1)
        if hidesErrors {
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        }
        let bash = ["/bin/bash", "-c", Self.launcher, "launcher", executable] + arguments
        let words: [UnsafeMutablePointer<CChar>?] = bash.map { strdup($0) } + [nil]
        let settings = ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"] + environment
        let variables: [UnsafeMutablePointer<CChar>?] = settings.map { strdup($0) } + [nil]
        defer { for text in words + variables { free(text) } }
        var number: pid_t = 0
        let status = posix_spawn(&number, "/bin/bash", &actions, nil, words, variables)
        close(inward[0])
        close(outward[1])
        (self.number, input, output) = (number, inward[1], outward[0])
        guard status == 0 else { throw Failure(said: "\(executable): error \(status)") }
    }

    /// Kills it and waits for its end.
    func end() {
        kill(number, SIGKILL)
        waitpid(number, nil, 0)
    }
}
