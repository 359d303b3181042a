/// What a server's side of SASL can do wrong on purpose, by the word that names it in a script. A
/// client that is well made sees through each of them.
public enum SASLServerFault: String, Hashable, Sendable, CaseIterable {
    /// Every challenge is replaced by octets that are no base64.
    case garbage
    /// The exchange never ends: one more challenge, whatever comes.
    case endless
    /// The server says yes whoever comes, whatever he proves.
    case acceptAnybody = "accept-anybody"
    /// The server says yes at once, without the mechanism's steps.
    case skipSteps = "skip-steps"
    /// SCRAM, DIGEST-MD5: the server's signature is not one that the password makes.
    case wrongSignature = "wrong-signature"
    /// SCRAM, DIGEST-MD5: the server says yes without its signature.
    case noSignature = "no-signature"
    /// SCRAM: the nonce does not extend the client's.
    case wrongNonce = "wrong-nonce"
    /// SCRAM: the nonce is the client's, and nothing of the server's own.
    case echoNonce = "echo-nonce"
    /// SCRAM: the first message has no nonce (`r=`).
    case noNonce = "no-nonce"
    /// SCRAM: the first message has no salt (`s=`).
    case noSalt = "no-salt"
    /// SCRAM: the salt is no base64.
    case badSalt = "bad-salt"
    /// SCRAM: the first message has no number of iterations (`i=`).
    case noIterations = "no-iterations"
    /// SCRAM: the first message demands an extension that nobody knows (`m=`).
    case mandatoryExtension = "mandatory-extension"
}
