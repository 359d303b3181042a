internal import Glibc

/// A thread of our own, which ends when its work returns.
enum SystemThread {
    /// Runs `work` on a new thread; `false` if the system has none left.
    static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
        let box = Unmanaged.passRetained(ThreadWork(work))
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, runThread, box.toOpaque())
        guard status == 0 else {
            box.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}

private final class ThreadWork: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) {
        self.run = run
    }
}

@Sendable
private func runThread(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let raw { Unmanaged<ThreadWork>.fromOpaque(raw).takeRetainedValue().run() }
    return nil
}
