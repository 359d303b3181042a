import ParleyVerbs
import ParleyWire

/// What a postmaster does about well-known refusals of IMAP, by their response codes (RFC 9051
/// §7.1, RFC 5530).
enum StatusHelp {
    private static let rows: [(code: String, advice: String)] = [
        (
            "AUTHENTICATIONFAILED",
            "the server refuses this user and password; look whether the account may use this"
                + " mechanism, and into the server’s log for the cause"
        ),
        (
            "AUTHORIZATIONFAILED",
            "the password is right, and this user may not do that: look at the account’s rights"
        ),
        ("EXPIRED", "the password is right and has expired: set a new one"),
        (
            "PRIVACYREQUIRED",
            "the server wants TLS first: add ‘starttls’ before this verb, or connect with imaps"
        ),
        (
            "CONTACTADMIN",
            "only whoever runs the server can mend this account; its log says what is wrong"
        ),
        ("NOPERM", "the access list of the mailbox does not let this user do that"),
        (
            "NONEXISTENT",
            "there is no such mailbox or message: ‘list’ tells the names that there are"
        ),
        ("TRYCREATE", "there is no such mailbox yet: ‘create’ it first"),
        ("ALREADYEXISTS", "a mailbox of that name is there already"),
        ("OVERQUOTA", "the mailbox is full: ‘getquotaroot’ tells the limit; make room"),
        (
            "LIMIT",
            "a limit of the server was reached, of connections for example; run fewer at a time"
        ),
        (
            "UNAVAILABLE",
            "something behind the server does not answer, its user database for example: see its"
                + " log"
        ),
        ("INUSE", "another session holds the mailbox; try again later"),
        ("SERVERBUG", "the server has a defect, and says so: its log has more"),
        (
            "CLIENTBUG",
            "the server thinks that the command breaks the protocol: look at the dialogue"
        ),
        ("CANNOT", "the server can never do that with this name"),
        ("BADCHARSET", "the server searches in other character sets only; it lists them"),
    ]

    /// A sentence on what to do, if the refusal is well known.
    static func advice(for reply: Reply) -> String? {
        guard reply.isRefusal else { return nil }
        if let row = rows.first(where: { reply.hasResponseCode($0.code) }) { return row.advice }
        let text = (reply.statusText ?? "").asciiLowercased
        if reply.status?.word == .bad {
            return "the server did not understand the command: the dialogue shows it as it went out"
        }
        if text.contains("authentication failed") || text.contains("login failed") {
            return rows[0].advice
        }
        return nil
    }
}
