internal import ParleyNetwork

/// What a simulated resolver says of a name and one family of addresses.
struct NameAnswer {
    /// The addresses, at least one, or why there is none.
    var result: Result<[IPAddress], TransportError>

    /// How long it takes.
    var delay = Duration.milliseconds(1)
}
