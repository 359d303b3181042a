internal import ParleyVerbs

/// The mechanisms that Parley speaks.
public enum SASLMechanisms {
    /// All of them; those with a password first, the strongest before the others.
    ///
    /// What proves that the server knows the password comes before what does not, a better hash
    /// before a worse, and what hides the password before what sends it.
    public static let all: [any SASLMechanism.Type] = [
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

    /// The strongest mechanism for a password among `offered`, names in upper case.
    public static func strongest(of offered: [String]) -> (any SASLMechanism.Type)? {
        all.first { $0.proof == .password && offered.contains($0.name) }
    }
}
