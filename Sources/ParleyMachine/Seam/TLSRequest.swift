public import ParleyTLS
import ParleyVerbs

/// TLS clauses with their values.
public struct TLSRequest: Sendable {
    /// Which earlier TLS session is offered to the server.
    public enum Resumption: Sendable {
        /// The latest of the test with the same peer, name and clauses.
        case auto
        /// That of a session.
        case session(any SessionHandle)
    }

    /// `full`, `chain` or `none`; `nil` inherits, and is full in the end.
    public var verification: String?
    /// The path of a file of trusted certificates, below the script's folder or from the command
    /// line.
    public var authorityFile: String?
    /// What is offered and demanded, where the script says.
    public var settings: TLSSettings?
    /// The TLSA records to judge by; empty for none.
    public var records: [TLSARecord] = []
    /// Which earlier TLS session is offered to the server.
    public var resumption: Resumption?

    /// TLS clauses.
    public init(verification: String? = nil, authorityFile: String? = nil) {
        self.verification = verification
        self.authorityFile = authorityFile
    }

    /// These clauses, and those of `other` in the place of the same ones.
    public func merged(with other: TLSRequest?) -> TLSRequest {
        guard let other else { return self }
        var merged = self
        if let verification = other.verification { merged.verification = verification }
        if let file = other.authorityFile { merged.authorityFile = file }
        if let settings = other.settings {
            merged.settings = merged.settings?.merged(with: settings) ?? settings
        }
        if !other.records.isEmpty { merged.records = other.records }
        if let resumption = other.resumption { merged.resumption = resumption }
        return merged
    }
}

extension TLSRequest {
    /// Sets what a clause says.
    mutating func set(_ clause: TLSClause, _ value: Value) throws(ScriptError) {
        if clause == .tlsa {
            records = try Self.records(value)
            return
        }
        var settings = settings ?? TLSSettings()
        if clause == .key, case .secret(let box) = value {
            settings.key = .octets(try box.value.octets())
        } else {
            try settings.set(clause, value.text())
        }
        self.settings = settings
    }

    private static func records(_ value: Value) throws(ScriptError) -> [TLSARecord] {
        let items = if case .list(let items) = value.bare { items } else { [value] }
        guard items.count <= 100 else { throw .value("more than 100 TLSA records") }
        var records: [TLSARecord] = []
        for item in items {
            let text = try item.text()
            guard let record = TLSARecord(text) else {
                throw .value(
                    "\(Value.quote(text, 80)) is no TLSA record; it reads \"3 1 1 <digits>\""
                )
            }
            records.append(record)
        }
        guard !records.isEmpty else { throw .value("the list of TLSA records is empty") }
        return records
    }
}
