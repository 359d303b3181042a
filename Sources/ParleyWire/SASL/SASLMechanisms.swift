internal import ParleyVerbs

/// The mechanisms that Parley speaks.
public enum SASLMechanisms {
    /// All of them; those with a password first, the strongest before the others.
    ///
    /// What is bound to the connection comes before what is not, what proves that the server knows
    /// the password before what does not, a better hash before a worse, and what hides the password
    /// before what sends it.
    public static let all: [any SASLMechanism.Type] = [
        ScramSHA256PlusMechanism.self, ScramSHA1PlusMechanism.self,
        ScramSHA256Mechanism.self, ScramSHA1Mechanism.self, DigestMD5Mechanism.self,
        CramMD5Mechanism.self, PlainMechanism.self, LoginMechanism.self,
        OAuthBearerMechanism.self, XOAuth2Mechanism.self,
        ExternalMechanism.self, AnonymousMechanism.self,
    ]

    /// Their names.
    public static var names: [String] { all.map { $0.name } }

    /// The mechanism of that name, whatever the case.
    public static func mechanism(named name: String) -> (any SASLMechanism.Type)? {
        all.first { $0.name.utf8.elementsEqual(name.utf8.lazy.map(\.asciiUpper)) }
    }

    /// The strongest mechanism for a password among `offered`, names in upper case; those that bind
    /// the login to the connection only where `canBind`.
    public static func strongest(
        of offered: [String],
        canBind: Bool = false
    ) -> (any SASLMechanism.Type)? {
        all.first {
            $0.proof == .password && offered.contains($0.name) && (canBind || !$0.bindsChannel)
        }
    }
}
