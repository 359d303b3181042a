public import ParleyVerbs

extension Checker {
    /// What may stand behind `on` in a server of the protocol: its verbs, those that only servers
    /// know, and what is no verb.
    public static func serverEvents(of spec: ProtocolSpec) -> [String] {
        spec.verbs.map(\.name) + Checking.serverEvents + Checking.serverVerbs
    }
}
