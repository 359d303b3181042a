internal import ParleyVerbs

/// What a transaction's MAIL said that later verbs depend on, and whom RCPT named.
struct Transaction: Hashable {
    /// `BODY=BINARYMIME`: the message has no lines, so that DATA cannot carry it.
    var isBinary = false

    /// `SMTPUTF8`: paths may go beyond ASCII.
    var isInternational = false

    /// `PRDR`: the server may answer the message once for each recipient.
    var answersEach = false

    /// The recipients that were accepted, in order, where the message is answered for each of them;
    /// empty paths are those that went out raw.
    var recipients: [[UInt8]] = []

    /// Whether a chunk was refused, so that nothing but RSET helps.
    var isSpoilt = false

    init() {}

    /// What `call`, a MAIL, says.
    init(_ call: VerbCall) {
        for argument in call.arguments where argument.slot > 0 {
            let parameter = ParameterText(argument.bytes)
            switch parameter.name {
            case "BODY": isBinary = parameter.value?.asciiUppercased == "BINARYMIME"
            case "SMTPUTF8": isInternational = true
            case "PRDR": answersEach = true
            default: break
            }
        }
    }
}
