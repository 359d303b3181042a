import ParleyVerbs
import ParleyWire

/// What a postmaster does about well-known replies: the first row that fits.
enum ReplyHelp {
    private struct Row {
        var codes: ClosedRange<Int> = 400...599
        /// Enhanced codes, `5.7.x` included.
        var enhanced: StatusCode?
        /// Words of the text, lower case; one of them must occur.
        var words: [String] = []
        var stages: Set<String> = []
        var advice: String
    }

    private static let rows: [Row] = [
        Row(
            words: ["greylist", "graylist", "come back later"],
            advice:
                "this is greylisting: the server takes the mail when the same sender, recipient and"
                + " address try again in some minutes; wrap it in ‘eventually’ or expect the 4xx"
        ),
        Row(
            codes: 450...450,
            enhanced: StatusCode(4, 3, 2),
            advice: "this is how postscreen defers a first contact: a second connection passes"
        ),
        Row(
            words: [
                "relay access denied", "relaying denied", "relay not permitted", "unable to relay",
            ],
            advice:
                "this server does not relay for this client: log in on the submission port, or send"
                + " to a domain the server is responsible for"
        ),
        Row(
            codes: 530...530,
            words: ["starttls", "must issue"],
            advice:
                "the server wants TLS first: add ‘starttls’ and a second ‘ehlo’ before this verb"
        ),
        Row(
            codes: 454...454,
            words: ["tls"],
            advice:
                "the server offers TLS and cannot start it now: look for certificate or key errors"
                + " in its log"
        ),
        Row(
            codes: 421...421,
            words: ["too many", "concurrent", "connection rate"],
            advice:
                "the server limits connections from this address: run fewer at a time, or allow "
                + "this"
                + " address (Postfix: smtpd_client_connection_count_limit)"
        ),
        Row(
            codes: 421...421,
            advice:
                "the server is closing the session: it is shutting down, overloaded or limits this"
                + " client; its log says which"
        ),
        Row(
            codes: 452...452,
            enhanced: StatusCode(4, 3, 1),
            advice: "the server is out of disk space: free some (Postfix: queue_minfree)"
        ),
        Row(
            codes: 552...552,
            enhanced: StatusCode(5, 3, 4),
            advice: "the message is larger than the server takes; ‘offers SIZE’ tells its limit"
        ),
        Row(
            enhanced: StatusCode(-1, 2, 2),
            advice: "the mailbox is full: its owner has to make room"
        ),
        Row(
            codes: 550...550,
            enhanced: StatusCode(5, 1, 1),
            stages: ["RCPT", "VRFY"],
            advice:
                "the server knows no such mailbox: check the spelling, aliases and recipient maps"
        ),
        Row(
            codes: 535...535,
            advice:
                "the server refuses this user and password; look whether the account may use this"
                + " mechanism and this port"
        ),
        Row(
            codes: 534...538,
            stages: ["AUTH"],
            advice: "the server refuses this mechanism here: start TLS first or choose another one"
        ),
        Row(
            words: ["blocked", "blacklist", "block list", "blocklist", "spamhaus", "reputation"],
            advice:
                "the server refuses this client’s address, not the mail: see whether a block list"
                + " holds it"
        ),
        Row(
            codes: 503...503,
            advice:
                "the server found the verb out of order: an earlier one is missing or was refused"
        ),
        Row(
            codes: 501...501,
            advice:
                "the server knows the verb and not what follows it: see what was sent, an address "
                + "or a parameter"
        ),
        Row(
            codes: 500...502,
            advice:
                "the server does not know this verb or has it disabled: ‘offers’ tells what it "
                + "can do"
        ),
        Row(
            codes: 554...554,
            stages: ["banner"],
            advice:
                "the server refuses the connection before anything was said: this address is likely"
                + " blocked, or the server accepts no mail"
        ),
        Row(
            codes: 450...451,
            enhanced: StatusCode(4, 2, 0),
            advice: "this usually is greylisting: it passes when tried again some minutes later"
        ),
        Row(
            enhanced: StatusCode(-1, 7, -1),
            advice: "a policy of the server refuses this; its log names the rule"
        ),
    ]

    /// A sentence on what to do, if the reply is a well-known refusal.
    static func advice(for reply: Reply, stage: String) -> String? {
        if reply.status != nil { return StatusHelp.advice(for: reply) }
        if stage == "AUTH", reply.isPositive, reply.code != 235 {
            return "only 235 says that a login succeeded (RFC 4954 §6); a server that answers "
                + "\(reply.code) may not have taken it for one: `=> \(reply.code)` admits it"
        }
        guard reply.code >= 400 else { return nil }
        let text = reply.text.asciiLowercased
        return rows.first { row in
            guard row.codes.contains(reply.code) else { return false }
            if !row.stages.isEmpty, !row.stages.contains(stage) { return false }
            if var wanted = row.enhanced {
                guard let enhanced = reply.enhanced else { return false }
                if wanted.severity < 0 { wanted.severity = Int32(enhanced.severity) }
                guard wanted.fits(StatusCode(enhanced)) else { return false }
            }
            return row.words.isEmpty || row.words.contains { text.contains($0) }
        }?.advice
    }
}
