import ParleySyntax

/// What `parley tls` is to do: its options, checked.
struct TLSPlan {
    /// `HOST:PORT`
    var target: String
    /// `smtp` for STARTTLS, `smtps` for TLS from the start.
    var protocolName: String
    /// What SNI asks for, if it is not the host.
    var name: String?
    /// The limit of the whole, as it was written: `5m`.
    var timeout: String?

    /// The script that does it.
    var script: OneLinerScript {
        let limit = timeout.map { " timeout \($0)" } ?? ""
        let named = name.map { " name \(ScriptWord.word($0))" } ?? ""
        return OneLinerScript([
            ("param host: endpoint = \(ScriptWord.word(target))", nil),
            ("", nil),
            ("test \"tls ${host}\" tags [tls]\(limit) {", nil),
            ("tls offers ${host} \(protocolName)\(named) as found", nil),
            ("for suite in found.suites {", nil),
            ("log suite", nil),
            ("}", nil),
            ("log \"groups: ${join(found.groups, \" \")}\"", nil),
            ("log \"order: ${found.order}\"", nil),
            ("log \"connections: ${found.connections}\"", nil),
            ("}", nil),
        ])
    }
}
