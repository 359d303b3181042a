import ParleyTesting
import Testing

@testable import ParleyNetwork

@Suite struct TimerQueueTests {
    @Test("Any mix of setting and calling off fires the rest in order")
    func order() {
        var generator = SeededGenerator(seed: 3)
        let queue = TimerQueue()
        var fired: [Int64] = []
        var expected: [Int64] = []
        for _ in 0..<2000 {
            let deadline = Int64.random(in: 0..<500, using: &generator)
            let timer = queue.insert(at: MonotonicTime(nanoseconds: deadline)) {
                fired.append(deadline)
            }
            if Bool.random(using: &generator) { timer.cancel() } else { expected.append(deadline) }
        }
        #expect(queue.count == expected.count)
        while let work = queue.popDue(at: .distantFuture) { work() }
        #expect(fired == expected.sorted())
        #expect(queue.nextDeadline == nil)
    }
}
