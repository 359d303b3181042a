public import ParleyMachine
import ParleyNetwork
public import ParleySemantics

extension LiveRun {
    /// What variables hold; `nil` where nothing was bound.
    public func values(of variables: [Variable]) async -> [Value?] {
        await onLoop { test, done in done(variables.map { test.value(of: $0) }) }
    }

    /// The wall clock: nanoseconds since 1970.
    public func wallClock() async -> Int64 {
        await onLoop { [driver] _, done in done(driver.loop.wallClock) }
    }

    /// The text without any secret of the conversation, in whatever encoding. Callable from any
    /// thread.
    public func scrub(_ text: String) -> String { driver.run.redactor.scrub(text) }
}
