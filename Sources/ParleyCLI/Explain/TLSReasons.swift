extension Explanations {
    static let tlsReasons = [
        Explanation(
            "tls.starttls.refused",
            "STARTTLS was refused",
            "The server offers STARTTLS and then says no.",
            causes: [
                "454: its certificate or key cannot be read", "TLS was set up halfway",
                "too many handshakes at a time",
            ],
            remedies: [
                "look for the reason in the server's log: a key that is not readable is usual",
                "openssl s_client -starttls smtp -connect HOST:PORT",
            ],
            example: "STARTTLS: expected 220, got 454 4.7.0 TLS not available",
            reference: "RFC 3207 4"
        ),
        Explanation(
            "tls.starttls.not-offered",
            "STARTTLS is not on the list",
            "The server did not announce STARTTLS, so mail to it would travel in clear.",
            causes: [
                "TLS is not set up on this port",
                "a middlebox takes the line out (`XXXXXXXA` in its place is a Cisco)",
                "EHLO was refused and HELO lists nothing",
            ],
            remedies: [
                "compare with a connection from within the server's network",
                "if the port speaks TLS from the start, use smtps",
            ],
            example: "STARTTLS: not offered; the server offers PIPELINING SIZE 8BITMIME",
            reference: "RFC 3207 2 and 6"
        ),
        Explanation(
            "tls.starttls.injected",
            "plain text came with the STARTTLS reply",
            "More octets followed the 220 in clear, before TLS began. Whoever keeps them mixes "
                + "what an attacker "
                + "may have injected with what is protected.",
            causes: [
                "a server that does not empty its buffer (CVE-2011-0411 and its kin)",
                "someone on the way injects commands or replies",
            ],
            remedies: [
                "update the server; this is a security hole",
                "repeat from another network to rule out the way",
            ],
            example: "STARTTLS: 24 octets in clear behind the 220",
            reference: "RFC 3207 4.2"
        ),
        Explanation(
            "tls.handshake.timeout",
            "the handshake did not end in time",
            "TLS began and did not come to an end before the limit.",
            causes: [
                "the port does not speak TLS and waits for a command",
                "large handshake packets are lost (path MTU)",
                "the server is starved of entropy or CPU",
            ],
            remedies: [
                "try without TLS from the start: smtp and starttls",
                "openssl s_client -connect HOST:PORT -msg shows how far it gets",
            ],
            example: "TLS handshake: not done within 10 s"
        ),
        Explanation(
            "tls.handshake.failed",
            "the handshake failed",
            "One side gave up: no common version, cipher, group or signature, or an alert without "
                + "a better name.",
            causes: [
                "the server only knows TLS 1.0 or 1.1",
                "the server closed the connection in the middle of it, without an alert",
                "no common cipher: an RSA-only client against an ECDSA certificate, or the reverse",
                "SNI for a name that the server does not know",
            ],
            remedies: [
                "the alert's name is in the failure: protocol_version, handshake_failure, "
                    + "unrecognized_name",
                "openssl s_client -tls1_2, then -tls1_1",
            ],
            example: "TLS handshake: the server sent the alert handshake_failure",
            reference: "RFC 8446 6.2"
        ),
        Explanation(
            "tls.protocol",
            "what came is not TLS",
            "Within TLS, or where it should begin, came octets that break the protocol.",
            causes: [
                "plain text where TLS is expected: smtps on a port that greets first",
                "a middlebox cuts or changes records",
            ],
            remedies: [
                "try smtp and starttls instead of smtps on that port",
                "repeat from another network",
            ],
            example: "the peer spoke plain text instead of TLS: \"220 mx.example ESMTP\"",
            reference: "RFC 8446 5"
        ),
        Explanation(
            "tls.offers.incomplete",
            "the server stopped answering in the middle",
            "`tls offers` asks with one connection for each suite. From some connection on the "
                + "server hung up, even on a hello that it had answered before: what was found so "
                + "far is not all that it speaks, so nothing of it is told.",
            causes: [
                "the server, or a firewall before it, counts connections: "
                    + "smtpd_client_connection_rate_limit, fail2ban",
                "the server was restarted or ran out of processes meanwhile",
            ],
            remedies: [
                "have this machine's address exempted, or ask from one that is",
                "wait until the ban is over; the server's log tells what it counted",
                "to look at one version only: connect smtps HOST max TLSv1.0",
            ],
            example: "TLS handshake: the server answered 5 connections and hung up on all that "
                + "followed, even on what it had chosen before"
        ),
        Explanation(
            "tls.client-certificate-required",
            "the server wants a certificate of ours",
            "The server ends the handshake because the client shows no certificate.",
            causes: [
                "the port is for partners with client certificates",
                "verification of clients was switched on by mistake (smtpd_tls_req_ccert)",
            ],
            remedies: ["use the port for other clients, or ask for the requirement to be lifted"],
            example: "TLS handshake: the server requires a client certificate",
            reference: "RFC 8446 4.3.2"
        ),
        Explanation(
            "tls.certificate.expired",
            "the certificate has expired",
            "A certificate of the chain is past its last day. Clients that verify refuse mail or "
                + "retry until it bounces.",
            causes: [
                "the renewal ran and the server was not reloaded",
                "the renewal fails: a challenge on port 80 is blocked",
                "an intermediate or root of the chain has expired",
            ],
            remedies: [
                "openssl x509 -enddate -noout -in FILE on the server tells whether the file is "
                    + "newer than what is served",
                "reload the server in the renewal's deploy hook",
                "to see it coming: expect cert.remaining > 21d else warn",
            ],
            example: "the certificate of mx.example.net expired 3 days ago",
            reference: "RFC 5280 4.1.2.5"
        ),
        Explanation(
            "tls.certificate.not-yet-valid",
            "the certificate is not valid yet",
            "Its first day lies in the future, by this machine's clock.",
            causes: [
                "this machine's clock is wrong",
                "the certificate was issued for later, or the issuer's clock is ahead",
            ],
            remedies: [
                "timedatectl here and there", "wait, or serve the old certificate until then",
            ],
            example: "the certificate of mx.example.net is valid from tomorrow",
            reference: "RFC 5280 4.1.2.5"
        ),
        Explanation(
            "tls.certificate.untrusted",
            "no trusted authority vouches for it",
            "The chain does not lead to an authority that this side trusts.",
            causes: [
                "the intermediate certificate is missing from what the server sends",
                "an authority of your own that is not installed here",
                "an authority that was removed from the trust stores",
            ],
            remedies: [
                "serve the full chain (fullchain.pem, not cert.pem)",
                "for an authority of your own: parley run --ca FILE, or starttls ca FILE",
                "openssl s_client -showcerts shows what is sent",
            ],
            example:
                "the certificate of mx.example.net is not trusted: unable to get local issuer "
                + "certificate",
            reference: "RFC 5280 6"
        ),
        Explanation(
            "tls.certificate.self-signed",
            "the certificate vouches for itself",
            "The server shows a certificate signed with its own key, which proves nothing to a "
                + "stranger.",
            causes: [
                "the package's snakeoil certificate is still in use",
                "the right certificate is set for another name or port",
            ],
            remedies: [
                "get a certificate from an authority",
                "to trust this one: --ca FILE with the certificate itself",
                "to look without verifying: starttls verify none",
            ],
            example: "the certificate of mx.example.net is self-signed",
            reference: "RFC 5280 3.2"
        ),
        Explanation(
            "tls.certificate.wrong-host",
            "the certificate is for another name",
            "The name that was to be verified is not among the names of the certificate.",
            causes: [
                "the server answers with its default certificate because it does not know the "
                    + "name (SNI)",
                "the MX was renamed and the certificate was not",
                "an IP address was connected to: it needs an IP entry, or connect … name HOST",
                "the name stands in the common name (CN) only, which has not counted since RFC "
                    + "6125",
            ],
            remedies: [
                "the failure lists the names that the certificate does cover",
                "say which name is meant: connect smtp IP:25 name mx.example.net",
            ],
            example: "the certificate covers mail.example.com, not mx.example.net",
            reference: "RFC 6125 6, RFC 9525"
        ),
        Explanation(
            "tls.certificate.weak",
            "the certificate's keys are too weak",
            "A key or signature of the chain is below what is accepted today: RSA under 2048 "
                + "bits, SHA-1, MD5.",
            causes: ["an old authority of one's own", "an appliance with a built-in certificate"],
            remedies: ["issue it anew with RSA 2048 or ECDSA P-256 and SHA-256"],
            example: "the certificate of mx.example.net is signed with SHA-1",
            reference: "RFC 9325 4.5"
        ),
        Explanation(
            "tls.certificate.revoked",
            "the certificate was revoked",
            "Its authority says that it must not be used any more.",
            causes: [
                "the key leaked or was reported",
                "it was replaced, and the server still serves the old one",
            ],
            remedies: [
                "find out why it was revoked before anything else",
                "issue a new one with a new key and reload the server",
            ],
            example: "the certificate of mx.example.net was revoked",
            reference: "RFC 5280 5, RFC 6960"
        ),
        Explanation(
            "tls.dane.mismatch",
            "the certificate is not what DNS announces",
            "Signed TLSA records say which certificate or key the server has, and it shows "
                + "another. Senders with "
                + "DANE do not deliver.",
            causes: [
                "the certificate was renewed with a new key and the TLSA record was not",
                "a record for one of several servers only",
            ],
            remedies: [
                "publish the new record beside the old one, wait for its TTL, then change the "
                    + "certificate",
                "3 1 1 records over a key that is kept at renewal avoid this",
            ],
            example: "none of 2 TLSA records of _25._tcp.mx.example.net matches",
            reference: "RFC 7672 3, RFC 7671 8"
        ),
        Explanation(
            "tls.staple.missing",
            "no OCSP response is stapled",
            "The script says `staple`, and the server sent no statement of its authority that the "
                + "certificate is "
                + "not revoked.",
            causes: [
                "stapling is not set up, or the server cannot (Postfix staples nothing)",
                "the authority runs no OCSP responder any more (Let's Encrypt, since 2025)",
                "the server has not fetched its first response yet, right after a restart",
            ],
            remedies: [
                "openssl s_client -status shows what is stapled",
                "leave `staple` out where the authority has no responder; a revoked staple is "
                    + "refused without it",
            ],
            example: "an OCSP response was to be stapled: the server stapled none",
            reference: "RFC 6066 8"
        ),
        Explanation(
            "tls.staple.invalid",
            "the stapled OCSP response is worth nothing",
            "The server stapled a response that is out of date, about another certificate, or "
                + "signed by someone else.",
            causes: [
                "the server fetched it once and does not renew it",
                "the certificate was renewed and the staple was not",
                "a clock is wrong, here or at the responder",
            ],
            remedies: [
                "openssl s_client -status shows This Update and Next Update",
                "reload the server; look whether it can reach the responder",
            ],
            example: "an OCSP response was to be stapled: the OCSP response is out of date",
            reference: "RFC 6960 3.2"
        ),
    ]
}
