import ParleyDiagnostics
import ParleySemantics
import Testing

/// The four examples of the language's tour.
@Suite struct ExampleTests {
    @Test func theSubmissionExampleChecks() throws {
        let (program, diagnostics) = check(Examples.submission)
        #expect(diagnostics.map(\.message) == [])
        let test = try #require(program?.tests.first)
        #expect(test.tags == ["smtp", "login"])
        #expect(test.timeout == 90_000_000_000)
        #expect(test.sessionCount == 1)
        #expect(test.body.sessions.map(\.label) == ["smtp"])
        #expect(test.body.statements.count == 16)
        #expect(program?.globalCount == 3)
    }

    @Test func theRoundTripExampleComplainsOfReservedFormsOnly() {
        let found = codes(Examples.roundTrip)
        #expect(
            found.allSatisfy { $0.hasPrefix("script.reserved@") },
            "\(complaints(Examples.roundTrip))"
        )
        #expect(found.count == 5, "\(complaints(Examples.roundTrip))")
    }

    @Test func theGreylistExampleChecks() throws {
        let (program, diagnostics) = check(Examples.greylist)
        #expect(diagnostics.map(\.message) == [])
        let server = try #require(program?.servers.first)
        #expect(
            server.rules.map(\.event) == ["greet", "ehlo", "mail", "rcpt", "rcpt", "data", "body"]
        )
        #expect(server.rules[3].occurrence == .nth(1))
        #expect(server.rules[5].actions.count == 2)
        guard case .dribble(10, 200_000_000)? = server.rules[5].actions.first else {
            Issue.record("the pieces come before what they govern")
            return
        }
    }

    @Test func theMailExchangerExampleComplainsOfReservedFormsOnly() {
        let found = codes(Examples.mailExchangers)
        #expect(
            found == ["script.reserved@4"],
            "\(complaints(Examples.mailExchangers))"
        )
    }
}

enum Examples {
    static let submission = #"""
        # submission.parley
        param  host          = mail.example.net
        param  user: address = probe@example.net
        secret pass          = env PROBE_PASS

        test "submission: login only under TLS" tags [smtp, login] timeout 90s {
            connect smtp ${host}:587          => 220 within 30s
            ehlo probe.example.org            => 250
            require offers STARTTLS
            expect  not offers AUTH           "the password would travel in clear"

            starttls                          => 220
            require tls.version >= TLSv1.2
            require cert covers ${host}
            expect  cert.remaining > 21d      else warn

            ehlo probe.example.org            => 250
            expect offers AUTH [PLAIN]
            expect offers SIZE >= 20MB
            auth plain ${user} ${pass}        => 235 2.7.0
            mail ${user}                      => 250
            rcpt postmaster@example.net       => 250 or 251
            rcpt nobody-${run.id}@example.net => 550 5.1.1
            quit                              => 221
        }
        """#

    static let roundTrip = #"""
        param sender: address = a@example.net
        param mailbox: address = b@example.net
        param submit = mail.example.net
        param store = imap.example.net
        secret sender_pass = env A
        secret mailbox_pass = env B
        test "a message reaches INBOX" tags [e2e] timeout 4m {
            message note {
                from    ${sender}
                to      ${mailbox}
                subject "probe ${run.id} zażółć"
                text """
                    Hello.
                    .this line starts with a dot
                    """
                attach fixtures/page.pdf
            }
            connect smtps ${submit}:465
            auth plain ${sender} ${sender_pass}
            deliver note                          => 250 as accepted
            let queued = accepted.text capture /queued as (\S+)/ default "?"
            quit

            connect imaps ${store}:993 as box
            box: login ${mailbox} ${mailbox_pass}
            box: select INBOX
            eventually within 120s every 3s {
                box: search header Message-ID ${note.id} as hits
                require hits.count == 1
            }
            box: fetch ${hits.first} as got
            expect got same-as note ignoring [Received, Return-Path, "X-*"]
            expect got["Authentication-Results"] matches /dkim=pass/
            measure delivery = got.arrived - note.sent   warn > 30s   fail > 2m

            finally {
                box: store ${hits} +flags \Deleted
                box: expunge
            }
        }
        """#

    static let greylist = #"""
        # greylist.parley: the same language scripts the server
        server grey smtp on 127.0.0.1:auto {
            greet                  => 220 "mx.test ESMTP"
            on ehlo                => 250 "mx.test" offers [PIPELINING, SIZE]
            on mail                => 250 2.1.0
            on rcpt /^grey/ first  => 451 4.7.1 "greylisted"
            on rcpt                => 250 2.1.5
            on data                => 354 dribble 10B every 200ms
            on body                => 250 2.0.0 "ok" after 1500ms
        }

        test "first try is deferred, second accepted" tags [selftest] {
            start grey
            connect smtp ${grey.address}
            ehlo probe.test
            mail a@test
            rcpt grey@mx.test                     => 451 4.7.1
            pipeline {
                rcpt grey@mx.test                 => 250
                data                              => 354
            }
            send raw "Subject: x\r\n\r\nhi\r\n.\r\n"
            receive reply within 5s               => 2xx
            expect grey.log count rcpt == 2
        }
        """#

    static let mailExchangers = #"""
        cases domain in lines("domains.txt")

        test "every MX address of ${domain} takes mail over TLS" tags [mx] {
            resolve mx ${domain} as route
            for hop in route.addresses parallel 4 {
                step "${hop.name} [${hop.ip}]" {
                    connect smtp ${hop.ip}:25 name ${hop.name} => 220 within 60s
                    expect banner contains "ESMTP"
                    ehlo ${probe.name}
                    require offers STARTTLS
                    starttls verify none
                    expect cert dane-ok           else warn
                    ehlo ${probe.name}
                    mail ${probe.sender}
                    rcpt postmaster@${domain}     => 250
                    quit
                }
            }
        }
        """#
}
