/// Which fields each kind of value has.
public enum KindFields {
    /// A field of a kind.
    public struct Row: Sendable {
        /// The field.
        public let field: Field
        /// Its kind.
        public let kind: Kind
        /// One line for people.
        public let help: String

        init(_ field: Field, _ kind: Kind, _ help: String) {
            self.field = field
            self.kind = kind
            self.help = help
        }
    }

    /// The fields of a kind, in the order of the reference; none for scalars.
    public static func rows(of kind: Kind) -> [Row] {
        switch kind {
        case .reply: reply
        case .tls: tls
        case .offers: offers
        case .certificate: certificate
        case .key: key
        case .capabilities: capabilities
        case .server: server
        case .endpoint: endpoint
        case .address: address
        case .log: log
        case .list(let element): list(of: element)
        case .string, .bytes: [Row(.count, .int, "how many octets it has")]
        default: []
        }
    }

    /// The kind of a session's attribute.
    public static func kind(of attribute: SessionAttribute) -> Kind {
        switch attribute {
        case .tls: .tls
        case .cert: .certificate
        case .banner, .protocol, .state, .transcript: .string
        case .reply: .reply
        case .capabilities: .capabilities
        case .peer: .endpoint
        }
    }

    /// One line for people on a session's attribute.
    public static func help(of attribute: SessionAttribute) -> String {
        switch attribute {
        case .tls: "the TLS values of the connection"
        case .cert: "the peer's certificate"
        case .banner: "the text of the greeting"
        case .reply: "the last reply"
        case .capabilities: "what EHLO advertised, or CAPABILITY of IMAP"
        case .peer: "the address and port connected to"
        case .protocol: "the protocol's name"
        case .state: "where in the protocol the session stands"
        case .transcript: "the dialogue so far, secrets hidden"
        }
    }

    private static let reply = [
        Row(.code, .code, "the three digits; IMAP has `status`"),
        Row(.status, .string, "OK, NO, BAD or BYE of IMAP, else the three digits as text"),
        Row(
            .responseCode,
            .optional(.string),
            "what stands in brackets behind the word of IMAP: NONEXISTENT, UIDNEXT 4392"
        ),
        Row(
            .enhanced,
            .optional(.enhanced),
            "the enhanced status code (RFC 3463), if there is one"
        ),
        Row(.text, .string, "the text of all lines, joined by line breaks, without codes"),
        Row(.lines, .list(.string), "the text of each line, without codes"),
        Row(.raw, .bytes, "the octets as they came"),
        Row(.took, .duration, "from the end of the command to the end of the reply"),
        Row(.replies, .list(.reply), "one reply for each recipient (LMTP, PRDR), else itself"),
        Row(.recipient, .optional(.string), "the recipient it is about, among `replies`"),
    ]

    private static let tls = [
        Row(.version, .tlsVersion, "TLSv1.2, TLSv1.3"),
        Row(.cipher, .string, "the cipher suite"),
        Row(.group, .optional(.string), "the group of the key exchange, if there is one"),
        Row(
            .sigalg,
            .optional(.string),
            "the algorithm of the server's signature; none in a resumed session"
        ),
        Row(.verified, .bool, "whether the certificate was verified in full"),
        Row(.problems, .list(.string), "what verification found"),
        Row(.resumed, .bool, "whether an earlier session was resumed"),
        Row(.alpn, .optional(.string), "the application protocol that was agreed on"),
        Row(.stapled, .bool, "whether an OCSP answer was stapled"),
    ]

    private static let offers = [
        Row(.versions, .list(.tlsVersion), "the versions it speaks, the newest first"),
        Row(.ciphers, .list(.string), "every cipher suite once, by OpenSSL's names"),
        Row(.suites, .list(.string), "the suites of each version: \"TLSv1.2 AES128-SHA\""),
        Row(.groups, .list(.string), "the groups of the key exchange"),
        Row(.order, .string, "whose order decides: server, client, or none with one suite"),
        Row(.connections, .int, "how many connections it took to find out"),
    ]

    private static let certificate = [
        Row(.subject, .string, "the subject's distinguished name"),
        Row(.issuer, .string, "the issuer's distinguished name"),
        Row(.names, .list(.string), "the DNS names and addresses it covers"),
        Row(.starts, .instant, "when it begins to be valid"),
        Row(.expires, .instant, "when it ceases to be valid"),
        Row(.remaining, .duration, "how long it remains valid"),
        Row(.serial, .string, "the serial number in hexadecimal"),
        Row(.sha256, .string, "the SHA-256 fingerprint in hexadecimal"),
        Row(.sha1, .string, "the SHA-1 fingerprint, to compare with old lists only"),
        Row(.spki, .string, "the pin of the public key: SHA-256 in base64 (RFC 7469)"),
        Row(.key, .key, "the public key: its kind and size"),
        Row(.signature, .string, "the algorithm of the issuer's signature"),
        Row(.chain, .list(.certificate), "all certificates the peer sent, its own first"),
    ]

    private static let key = [
        Row(.kind, .string, "RSA, RSA-PSS, EC, Ed25519, Ed448 or DSA"),
        Row(.size, .int, "the size in bits"),
    ]

    private static let capabilities = [
        Row(.keywords, .list(.string), "the keywords in the order they were advertised"),
        Row(.count, .int, "how many there are"),
        Row(.name, .string, "what the server calls itself"),
        Row(.size, .optional(.size), "the largest message (SIZE); 0 for no limit"),
        Row(.auth, .list(.string), "the mechanisms behind AUTH"),
        Row(.deliverBy, .optional(.duration), "the least time that BY may demand (DELIVERBY)"),
        Row(.holdFor, .optional(.duration), "the longest HOLDFOR (FUTURERELEASE)"),
        Row(.holdUntil, .optional(.instant), "the latest HOLDUNTIL (FUTURERELEASE)"),
        Row(.priority, .optional(.string), "the profile of MT-PRIORITY"),
        Row(.recipientLimit, .optional(.int), "the recipients of a transaction (LIMITS)"),
        Row(.mailLimit, .optional(.int), "the transactions of a session (LIMITS)"),
        Row(.domainLimit, .optional(.int), "the domains of a transaction (LIMITS)"),
    ]

    private static let server = [
        Row(.address, .endpoint, "the address and port it listens on"),
        Row(.host, .ip, "the address it listens on"),
        Row(.port, .int, "the port it listens on"),
        Row(.log, .log, "what it was told so far"),
        Row(.name, .string, "its name in the script"),
    ]

    private static let endpoint = [
        Row(.host, .string, "the host"),
        Row(.port, .optional(.int), "the port, if it is written"),
    ]

    private static let log = [
        Row(.count, .int, "how many lines it holds"),
        Row(.lines, .list(.string), "what was said, `C`, `S` or `*` before each line"),
        Row(.text, .string, "the same, joined by line breaks"),
        Row(.verbs, .list(.string), "what happened, a word each: `connect`, `ehlo`, `body`"),
        Row(.last, .string, "the latest command as it came; empty before the first"),
        Row(.connections, .list(.log), "the log of each connection, in the order they came"),
    ]

    private static let address = [
        Row(.host, .domain, "what stands behind the @")
    ]

    private static func list(of element: Kind) -> [Row] {
        [
            Row(.count, .int, "how many elements it has"),
            Row(.first, .optional(element), "the first element, if there is one"),
            Row(.last, .optional(element), "the last element, if there is one"),
        ]
    }
}
