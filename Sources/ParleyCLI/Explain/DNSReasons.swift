extension Explanations {
    static let dnsReasons = [
        Explanation(
            "dns.nxdomain",
            "the name does not exist",
            "The zone's servers say that there is no such name, of no record type.",
            causes: [
                "a typo in the script or in a record", "the domain has expired",
                "a search domain was expected to be added; none is",
            ],
            remedies: ["dig NAME", "if the name is not to exist, write resolve … => nxdomain"],
            example: "resolve mx exmaple.net: the name does not exist",
            reference: "RFC 2308 2.1, RFC 8020"
        ),
        Explanation(
            "dns.nodata",
            "the name exists, but not with this record",
            "The name is there, without a record of the type that was asked for.",
            causes: [
                "no MX record (mail then goes to the address of the name itself)",
                "IPv4 only or IPv6 only",
                "the record is at another name, such as _25._tcp.HOST for TLSA",
            ],
            remedies: ["dig NAME TYPE", "write resolve … => nodata where that is right"],
            example: "resolve tlsa _25._tcp.mx.example.net: no such record",
            reference: "RFC 2308 2.2"
        ),
        Explanation(
            "dns.servfail",
            "the resolver could not find out",
            "The resolver answered that it failed: it could not reach the zone's servers, or they "
                + "answered "
                + "nonsense.",
            causes: [
                "all name servers of the zone are down or unreachable", "a lame delegation",
                "DNSSEC of the zone is broken and the resolver says so in this way",
            ],
            remedies: [
                "dig +trace NAME follows the delegation",
                "dig +cd NAME asks without DNSSEC: if that works, the signatures are at fault",
            ],
            example: "resolve mx example.net: the resolver failed",
            reference: "RFC 1035 4.1.1, RFC 8914"
        ),
        Explanation(
            "dns.timeout",
            "no answer to the query",
            "Neither an answer nor an error came before the limit passed.",
            causes: [
                "the resolver is overloaded or not reachable",
                "the zone's servers drop queries, of large answers over UDP for example",
            ],
            remedies: [
                "dig @RESOLVER NAME and note the time",
                "try +tcp: if that works, large answers are dropped on the way",
            ],
            example: "resolve a mx.example.net: no answer within 5 s"
        ),
        Explanation(
            "dns.bogus",
            "the answer fails DNSSEC",
            "The zone is signed, and the answer's signatures do not hold. Nobody who validates "
                + "sees the name.",
            causes: [
                "signatures have expired because the signer stopped",
                "a key was changed without its DS at the parent", "someone forges answers",
            ],
            remedies: [
                "delv NAME and dnsviz.net show which link is broken",
                "renew the signatures, or remove the DS until that is done",
            ],
            example: "resolve mx example.net: the answer is bogus: signature expired",
            reference: "RFC 4035 4.3"
        ),
        Explanation(
            "dns.loop",
            "the names lead in a circle",
            "Following CNAME or MX records came back to a name already seen, or went on too long.",
            causes: [
                "two CNAMEs that point at each other",
                "a chain of aliases longer than any resolver follows",
            ],
            remedies: ["dig NAME and follow the CNAMEs; break the circle in the zone"],
            example: "resolve a mail.example.net: the aliases lead in a circle",
            reference: "RFC 1034 3.6.2"
        ),
    ]
}
