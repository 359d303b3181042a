import ParleyNetwork

/// A connection that is slower than its network: what is written arrives later, by so many octets a
/// second, or in small writes. Time is the loop's, so that a simulation takes none.
final class ShapedTransport: Transport {
    private enum Item {
        case bytes([UInt8], due: MonotonicTime)
        case end(Ending, due: MonotonicTime)
    }

    private enum Ending { case finishWriting, closeAfterWriting, reset }

    private let inner: any Transport
    private let loop: any Loop
    private let latency: Duration
    private let rate: Int
    /// Octets in one write at most.
    var split: Int?
    /// So many octets, so often (in nanoseconds), whatever the bandwidth is.
    var dribble: (size: Int, interval: Int64)?
    private var queue: [Item] = []
    private var head = 0
    private var queued = 0
    /// When the next write may go out.
    private var free = MonotonicTime(nanoseconds: 0)
    private var timer: (any LoopTimer)?
    private var isReading = true
    /// Until when nothing more is read; `nil` if it is.
    private var heldUntil: MonotonicTime?

    /// - Parameters:
    ///   - latency: how much later what is written goes out.
    ///   - rate: octets a second in each direction; 0 for no bound.
    init(_ inner: any Transport, loop: any Loop, latency: Duration = .zero, rate: Int = 0) {
        self.inner = inner
        self.loop = loop
        self.latency = latency
        self.rate = rate
    }

    var remoteEndpoint: Endpoint? { inner.remoteEndpoint }
    var localEndpoint: Endpoint? { inner.localEndpoint }
    var pendingBytes: Int { queued + inner.pendingBytes }

    func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        queued += bytes.count
        queue.append(.bytes(bytes, due: arrival + latency))
        pump()
    }

    func setReading(_ reading: Bool) {
        isReading = reading
        inner.setReading(reading && heldUntil == nil)
    }

    /// When the octets that were read last have arrived: nothing answers them before.
    private var arrival: MonotonicTime { max(heldUntil ?? loop.now, loop.now) }

    /// So many octets arrived: with a bandwidth, the next may come when these would have passed.
    func received(_ count: Int) {
        guard rate > 0, count > 0 else { return }
        let isFirst = heldUntil == nil
        heldUntil = arrival + .nanoseconds(cost(count))
        guard isFirst else { return }
        inner.setReading(false)
        readOn()
    }

    private func readOn() {
        guard let time = heldUntil else { return }
        guard time > loop.now else {
            heldUntil = nil
            inner.setReading(isReading)
            return
        }
        _ = loop.schedule(at: time) { [weak self] in self?.readOn() }
    }

    func finishWriting() { end(.finishWriting) }
    func closeAfterWriting() { end(.closeAfterWriting) }
    func reset() { end(.reset) }

    func close() {
        abandon()
        inner.close()
    }

    /// The connection is gone: nothing is sent any more.
    func abandon() {
        timer?.cancel()
        timer = nil
        queue = []
        (head, queued) = (0, 0)
    }

    // MARK: - Private

    private func end(_ ending: Ending) {
        queue.append(.end(ending, due: arrival))
        pump()
    }

    private func pump() {
        while timer == nil, head < queue.count {
            let now = loop.now
            switch queue[head] {
            case .end(let ending, let due):
                if isTooEarly(max(due, free), now) { return }
                pop()
                switch ending {
                case .finishWriting: inner.finishWriting()
                case .closeAfterWriting: inner.closeAfterWriting()
                case .reset: inner.reset()
                }
            case .bytes(var bytes, let due):
                if isTooEarly(max(due, free), now) { return }
                let size = min(bytes.count, piece)
                queued -= size
                if size == bytes.count {
                    pop()
                    inner.write(bytes)
                } else {
                    inner.write(Array(bytes.prefix(size)))
                    bytes.removeFirst(size)
                    queue[head] = .bytes(bytes, due: due)
                }
                let pause = dribble?.interval ?? (rate > 0 ? cost(size) : 0)
                free = now + .nanoseconds(pause)
            }
        }
    }

    private func isTooEarly(_ time: MonotonicTime, _ now: MonotonicTime) -> Bool {
        guard time > now else { return false }
        timer = loop.schedule(at: time) { [weak self] in
            self?.timer = nil
            self?.pump()
        }
        return true
    }

    private func pop() {
        head += 1
        guard head == queue.count || head > 256 else { return }
        queue.removeFirst(head)
        head = 0
    }

    /// Octets of the next write.
    private var piece: Int {
        if let dribble { return max(1, dribble.size) }
        // A fiftieth of a second's worth keeps a slow line smooth.
        let share = rate > 0 ? min(max(1, rate / 50), 64 * 1024) : 64 * 1024
        return min(split ?? share, share)
    }

    /// How long so many octets take, in nanoseconds.
    private func cost(_ count: Int) -> Int64 {
        let (product, overflow) = Int64(count).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product / Int64(max(1, rate))
    }
}
