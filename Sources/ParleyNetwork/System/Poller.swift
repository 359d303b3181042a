internal import CLinux
internal import Glibc

/// Something whose descriptor a ``Poller`` watches.
protocol PollSource: AnyObject {
    /// The descriptor is ready, or in error.
    func ready(_ events: PollEvents)

    /// The loop stops: gives the descriptor back and tells whoever should know.
    func abandon()
}

/// What a descriptor is ready for.
struct PollEvents: OptionSet {
    let rawValue: UInt32

    static let input = PollEvents(rawValue: parley_epoll_in)
    static let output = PollEvents(rawValue: parley_epoll_out)
    static let error = PollEvents(rawValue: parley_epoll_error)
    static let hangup = PollEvents(rawValue: parley_epoll_hangup)
    static let peerHangup = PollEvents(rawValue: parley_epoll_peer_hangup)
    /// Tells of changes only. A connection is registered once and never again: what it does not
    /// want to read or write yet is not reported over and over.
    static let edge = PollEvents(rawValue: parley_epoll_edge)

    static let connection: PollEvents = [.input, .output, .peerHangup, .edge]
}

/// The kernel's list of descriptors to watch (`epoll`), and who is behind each.
final class Poller {
    private static let batch = 256

    private struct Slot {
        var source: (any PollSource)?
        /// Tells an event of an earlier descriptor of the same number, closed in the same batch.
        var generation: UInt32 = 0
    }

    private let descriptor: Int32
    private let wakeDescriptor: Int32
    private let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: batch)
    private var slots: [Slot] = []

    init() {
        descriptor = parley_epoll_create()
        wakeDescriptor = parley_eventfd()
        precondition(descriptor >= 0 && wakeDescriptor >= 0, "no descriptors for an event loop")
        control(EPOLL_CTL_ADD, wakeDescriptor, [.input, .edge], .max)
    }

    deinit {
        close(wakeDescriptor)
        close(descriptor)
        events.deallocate()
    }

    /// Watches `descriptor`, which is closed by closing it and ``remove(_:)``.
    func add(_ source: any PollSource, _ descriptor: Int32, for events: PollEvents) {
        let index = Int(descriptor)
        while slots.count <= index { slots.append(Slot()) }
        slots[index].source = source
        slots[index].generation &+= 1
        control(EPOLL_CTL_ADD, descriptor, events, tag(descriptor))
    }

    /// Puts somebody else behind a descriptor that is watched already.
    func hand(_ descriptor: Int32, to source: any PollSource) {
        slots[Int(descriptor)].source = source
    }

    func change(_ descriptor: Int32, to events: PollEvents) {
        control(EPOLL_CTL_MOD, descriptor, events, tag(descriptor))
    }

    /// Forgets a descriptor that is about to be closed, which makes the kernel forget it.
    func remove(_ descriptor: Int32) {
        guard descriptor < slots.count else { return }
        slots[Int(descriptor)].source = nil
    }

    /// Ends the current or the next ``wait(milliseconds:)``; callable from any thread.
    func wake() {
        var one: UInt64 = 1
        _ = write(wakeDescriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Waits for events and hands them out; -1 waits for ever.
    func wait(milliseconds: Int32) {
        let count = epoll_wait(descriptor, events, Int32(Self.batch), milliseconds)
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let tag = parley_epoll_data(events + index)
            let number = Int(truncatingIfNeeded: tag & 0xFFFF_FFFF)
            guard number < slots.count, let source = slots[number].source,
                slots[number].generation == UInt32(truncatingIfNeeded: tag >> 32)
            else { continue }
            source.ready(PollEvents(rawValue: events[index].events))
        }
    }

    /// Everything that is watched.
    var sources: [any PollSource] { slots.compactMap(\.source) }

    private func tag(_ descriptor: Int32) -> UInt64 {
        UInt64(slots[Int(descriptor)].generation) << 32 | UInt64(UInt32(descriptor))
    }

    @discardableResult
    private func control(
        _ operation: Int32,
        _ descriptor: Int32,
        _ events: PollEvents,
        _ tag: UInt64
    ) -> Int32 {
        parley_epoll_control(self.descriptor, operation, descriptor, events.rawValue, tag)
    }
}
