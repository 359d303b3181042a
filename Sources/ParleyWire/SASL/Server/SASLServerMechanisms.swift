/// The mechanisms whose server's side Parley plays.
public enum SASLServerMechanisms {
    /// Their names in upper case.
    public static let names = [
        "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "DIGEST-MD5",
        "CRAM-MD5", "PLAIN", "LOGIN", "OAUTHBEARER", "XOAUTH2", "EXTERNAL", "ANONYMOUS",
    ]

    /// An exchange of the mechanism of that name in upper case; `nil` if it is not played.
    public static func exchange(
        _ name: String,
        _ context: SASLServerContext
    ) -> (any SASLServerMechanism)? {
        switch name {
        case "SCRAM-SHA-256-PLUS": ScramServer(.sha256, isBound: true, context)
        case "SCRAM-SHA-1-PLUS": ScramServer(.sha1, isBound: true, context)
        case "SCRAM-SHA-256": ScramServer(.sha256, isBound: false, context)
        case "SCRAM-SHA-1": ScramServer(.sha1, isBound: false, context)
        case "DIGEST-MD5": DigestMD5Server(context)
        case "CRAM-MD5": CramMD5Server(context)
        case "PLAIN": PlainServer(context)
        case "LOGIN": LoginServer(context)
        case "OAUTHBEARER": OAuthBearerServer(context)
        case "XOAUTH2": XOAuth2Server(context)
        case "EXTERNAL", "ANONYMOUS": NameServer()
        default: nil
        }
    }
}
