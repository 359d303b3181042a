public import ParleyVerbs

extension InteractiveChecker {
    /// A checker that stands before a statement of a program: it knows the names and sessions that
    /// the statement knows.
    ///
    /// - Parameters:
    ///   - stop: the number of the stop in `table`.
    public convenience init(
        at stop: Int,
        of table: StopTable,
        registry: ProtocolRegistry,
        loader: @escaping Checker.Loader
    ) {
        self.init(registry: registry, loader: loader)
        guard table.known.indices.contains(stop) else { return }
        let known = table.known[stop]
        checking.scope.replace(known.symbols)
        checking.frame = known.frame
        // What a piece opens belongs to no block of the program.
        checking.frame.opened = [[]]
        checking.flow = known.flow
        if let program = table.program {
            checking.program.servers = program.servers
            checking.program.sources = program.sources
        }
    }
}
