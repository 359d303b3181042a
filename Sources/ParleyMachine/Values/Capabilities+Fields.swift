import ParleySemantics
import ParleyWire

extension Capabilities {
    /// A field of `capabilities` in an expression; what an extension does not state is none.
    func value(_ field: Field) -> Value? {
        switch field {
        case .keywords: .list(keywords.map(Value.string))
        case .count: .int(keywords.count)
        case .name: .string(serverName)
        case .size: size.map { .size(Int64($0)) } ?? Value.none
        case .auth: .list(authMechanisms.map(Value.string))
        case .deliverBy: seconds(deliverByMinimum)
        case .holdFor: seconds(holdForMaximum)
        case .holdUntil:
            holdUntilMaximum.map {
                let (nanoseconds, overflow) = $0.multipliedReportingOverflow(by: 1_000_000_000)
                return overflow ? .none : .instant(nanoseconds)
            } ?? Value.none
        case .priority: priorityProfile.map(Value.string) ?? Value.none
        case .recipientLimit: limit("RCPTMAX").map(Value.int) ?? Value.none
        case .mailLimit: limit("MAILMAX").map(Value.int) ?? Value.none
        case .domainLimit: limit("RCPTDOMAINMAX").map(Value.int) ?? Value.none
        default: nil
        }
    }

    private func seconds(_ count: Int?) -> Value {
        count.map { .duration(Int64($0) * 1_000_000_000) } ?? .none
    }
}
