import ParleyVerbs

/// `tls offers` where it stands.
struct SurveySite: Sendable {
    var spec: ProtocolSpec
    var endpoint: Register
    var name: Register?
    var within: LimitSite?
    var binding: Register?
}
