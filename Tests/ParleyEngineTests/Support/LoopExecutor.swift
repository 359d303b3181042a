import ParleyTesting

/// Runs a task's jobs on a simulated loop, between its other events.
///
/// So a whole run, `await`s included, happens on the thread that drives the network: nothing
/// depends on the scheduler of the machine, and a run that hangs is a loop with nothing left to do.
final class LoopExecutor: TaskExecutor {
    private let loop: SimulatedLoop

    init(_ loop: SimulatedLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        loop.submit { job.runSynchronously(on: executor) }
    }
}
