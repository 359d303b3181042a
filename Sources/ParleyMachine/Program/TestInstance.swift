public import ParleyDiagnostics

/// A test with one of its cases: what is run and reported.
public struct TestInstance: Sendable {
    /// Its number in the run, from 0.
    public let index: Int
    /// Its title, insertions made; unique in the program.
    public let title: String
    /// What it is recognised by in a later run: file, title as written, and case.
    public let identity: String
    /// Its tags.
    public let tags: [String]
    /// Its own limit in nanoseconds, if it has one.
    public let timeout: Int64?
    /// How many times it is run again after a failure.
    public let retries: Int
    /// The reason with which it is meant to fail, if it is.
    public let expectedReason: String?
    /// Where it stands.
    public let place: SourcePlace
    /// The row of `cases` it runs with.
    public let caseValue: Value?
    /// The number of the test in the program.
    let test: Int
    /// What was read before the first socket.
    let files: FileCache
}

/// Files that were read before anything was sent; read again, they are the same.
final class FileCache: Sendable {
    let contents: [String: [UInt8]]

    init(_ contents: [String: [UInt8]] = [:]) {
        self.contents = contents
    }
}
