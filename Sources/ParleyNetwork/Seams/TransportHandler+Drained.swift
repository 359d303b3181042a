extension TransportHandler {
    /// Who writes little need not know when it has gone out.
    public func transportDrained() {}
}
