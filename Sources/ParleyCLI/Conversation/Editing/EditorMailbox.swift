import Glibc
import ParleyEngine
import ParleyReports

/// What the editor's thread is asked for, in order; it alone owns the terminal.
final class EditorMailbox: Sendable {
    enum Item: Sendable {
        case lines([String])
        case read(LineRequest, @Sendable (EditedLine) -> Void)
        case secret(String, WaitingQueue<SecretAnswer>)
        case lend(@Sendable (() -> Void) -> Void)
        case remember(String)
        case change(TerminalChange)
        case interrupt(isBusy: Bool)
        case end(Int32)
        case close
    }

    /// Readable while something waits: whoever waits for keys waits for this, too.
    let wake: Int32
    private let waker: Int32
    /// A peer that floods waits for the terminal.
    private let queue = WaitingQueue<Item>(capacity: 4096)

    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        wake = ends[0]
        waker = ends[1]
    }

    deinit {
        Glibc.close(wake)
        Glibc.close(waker)
    }

    /// Leaves an item; lines wait where too much waits already, all else goes in.
    func post(_ item: Item) {
        if case .lines = item { queue.put(item) } else { queue.put(item, waits: false) }
        var octet: UInt8 = 0
        // A full pipe is as good as one octet.
        _ = write(waker, &octet, 1)
    }

    /// Nothing is taken any more.
    func end() { queue.end() }

    /// All that waits.
    func take() -> [Item] {
        var scrap = [UInt8](repeating: 0, count: 512)
        while read(wake, &scrap, scrap.count) > 0 {}
        guard case .items(let items) = queue.take(waitingAtMost: 0) else { return [] }
        return items
    }
}
