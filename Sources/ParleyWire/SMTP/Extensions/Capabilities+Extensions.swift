internal import ParleyVerbs

extension Capabilities {
    /// The shortest time in seconds that BY may demand, RFC 2852 §3; `nil` if DELIVERBY states
    /// none.
    public var deliverByMinimum: Int? {
        number(parameters(of: "DELIVERBY")?.first)
    }

    /// The longest time in seconds that HOLDFOR may demand, RFC 4865 §3.
    public var holdForMaximum: Int? {
        number(parameters(of: "FUTURERELEASE")?.first)
    }

    /// The latest instant that HOLDUNTIL may demand, in seconds since 1970, RFC 4865 §3.
    public var holdUntilMaximum: Int64? {
        parameters(of: "FUTURERELEASE")?.dropFirst().first.flatMap(DateText.seconds)
    }

    /// The name of the priority profile, RFC 6710 §3; `nil` if MT-PRIORITY states none.
    public var priorityProfile: String? {
        parameters(of: "MT-PRIORITY")?.first
    }

    /// A limit of RFC 9422: `RCPTMAX`, `MAILMAX`, `RCPTDOMAINMAX`; `nil` if LIMITS does not state
    /// it, or what it states is no number.
    public func limit(_ name: String) -> Int? {
        number(parameter(name, of: "LIMITS"))
    }

    /// The value of a parameter `NAME=value` behind a keyword: `RCPTMAX` of `LIMITS`.
    public func parameter(_ name: String, of keyword: String) -> String? {
        let name = name.asciiUppercased
        return parameters(of: keyword)?.lazy.map { ParameterText($0.utf8) }
            .first { $0.name == name }?.value
    }

    /// At most nine digits, as all these RFCs allow.
    private func number(_ text: String?) -> Int? {
        text?.utf8.decimalNumber(digits: 9)
    }
}
