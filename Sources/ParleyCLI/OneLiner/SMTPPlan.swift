/// What `parley smtp` is to do: its options, checked, in the spelling in which they were given.
struct SMTPPlan {
    /// When TLS begins.
    enum Encryption {
        case none, startTLS, implicit
    }

    /// A login.
    struct Login {
        /// In lower case: `scram-sha-256`, `best`.
        var mechanism: String
        /// As whom; the trace of `anonymous`.
        var user: String?
        /// Where the password comes from; `nil` where the mechanism has none.
        var password: PasswordSource?
        var allowsClear = false
    }

    /// Where a password comes from; it never stands on the command line.
    enum PasswordSource: Equatable {
        case environment(String)
        /// A file by its name, and the folder in which it lies.
        case file(name: String, folder: String)
        case prompt
    }

    /// `HOST:PORT`, `[IPv6]:PORT` or `unix:/path`.
    var target: String
    var encryption = Encryption.none
    /// Whether LMTP is spoken.
    var isLMTP = false
    /// Which way it goes.
    var route = SMTPRoute()
    /// The name that TLS verifies, if it is not the host.
    var name: String?
    /// `full`, `chain` or `none`.
    var verification: String?
    /// A file of trusted certificates.
    var authorityFile: String?
    /// What EHLO says.
    var greeting: String?
    var login: Login?
    var sender = "<>"
    var recipients: [String] = []
    /// The last stage.
    var last = SMTPStage.ehlo
    /// The limit of the whole conversation, as it was written: `30s`.
    var timeout: String?
}
