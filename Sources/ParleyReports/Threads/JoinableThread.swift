import Glibc
import Synchronization

/// A thread that runs one closure and can be waited for, once.
package final class JoinableThread: Sendable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let thread = Mutex<pthread_t?>(nil)

    /// Starts the thread; where the system has none left, the closure never runs.
    package init(_ run: @escaping @Sendable () -> Void) {
        let body = Unmanaged.passRetained(Body(run))
        var started = pthread_t()
        let problem = pthread_create(&started, nil, Self.enter, body.toOpaque())
        if problem == 0 {
            thread.withLock { $0 = started }
        } else {
            body.release()
        }
    }

    /// Waits for the closure's end.
    package func join() {
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let thread else { return }
        pthread_join(thread, nil)
    }

    private static let enter:
        @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
            context in
            guard let context else { return nil }
            Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
            return nil
        }
}
