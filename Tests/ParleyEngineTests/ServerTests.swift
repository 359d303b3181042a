import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("A scripted server")
struct ServerTests {
    private func run(_ rules: String, _ statements: String) throws -> Outcome {
        try play(
            servers: "server mx smtp on 127.0.0.1:auto name mx.test {\n\(rules)\n}",
            test: "start mx\nconnect smtp ${mx.address}\nehlo probe.test\n" + statements
        )
    }

    @Test("counts occurrences per start, across connections")
    func occurrences() throws {
        let run = try run(
            """
            on noop nth 2   => 252
            on noop after 4 => 254
            on noop first   => 251
            """,
            """
            noop => 251
            noop => 252
            connect smtp ${mx.address} as second
            second: noop => 250
            second: noop => 250
            second: noop => 254
            second: noop => 254
            stop mx
            start mx
            connect smtp ${mx.address} as third
            third: noop => 251
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("counts a rule with a pattern by what fits the pattern")
    func patterns() throws {
        let run = try run(
            """
            on rcpt /^grey/ first => 451
            on rcpt /^full@/i     => 452
            on rcpt               => 250 2.1.5
            """,
            """
            mail a@b.test
            rcpt other@mx.test => 250
            rcpt grey1@mx.test => 451
            rcpt grey2@mx.test => 250 2.1.5
            rcpt FULL@mx.test  => 452
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("waits, drips, and goes on")
    func pace() throws {
        let run = try run(
            """
            on noop => 250 "0123456789" after 2s
            on rset => 250 "0123456789" dribble 2B every 1s
            on help => 214 "slow" after 1s dribble 1B every 10ms
            """,
            """
            noop => 250 within 3s
            expect reply.took >= 2s
            rset => 250 within 30s
            expect reply.took >= 7s
            help => 214 matching "slow"
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("answers one command at a time")
    func oneAtATime() throws {
        let run = try run(
            "on noop => 250 \"slow\" after 1s\non rset => 250 \"fast\"",
            """
            send NOOP
            send RSET
            receive reply as first
            receive reply as second
            expect first.text == "slow"
            expect second.text == "fast"
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("sends what it is told, as often as it is told")
    func raw() throws {
        let run = try run(
            """
            on noop => raw "250-line\\r\\n" repeat 10 raw "250 end\\r\\n"
            on rset => 250 "a" "b" "c"
            on vrfy => 252 2.5.2 "with a code"
            """,
            """
            noop
            expect reply.lines.count == 11
            rset
            expect reply.lines == ["a", "b", "c"]
            vrfy x
            expect reply.enhanced == 2.5.2
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("answers politely what no rule says")
    func defaults() throws {
        let run = try run(
            "",
            """
            helo x.test            => 250
            mail a@b.test          => 250
            rcpt a@b.test          => 250
            rset                   => 250
            noop                   => 250
            vrfy a                 => 252
            help                   => 214
            send XYZZY             => 502
            send STARTTLS          => 502
            mail a@b.test
            rcpt a@b.test
            data                   => 354
            send .                 => 250
            quit                   => 221
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("takes credentials by PLAIN and LOGIN, and judges them by its rule")
    func credentials() throws {
        let accepting = try run(
            "on ehlo => 250 \"mx\" offers [AUTH PLAIN LOGIN]",
            "auth plain u password => 235\nauth login u password => any"
        )
        #expect(accepting.verdict == .pass, "\(accepting.findings)")
        let refusing = try run(
            "on ehlo => 250 \"mx\" offers [AUTH PLAIN LOGIN]\non auth => 535 5.7.8 \"no\"",
            "auth plain u password => 535 5.7.8\nauth login u password => 535"
        )
        #expect(refusing.verdict == .pass, "\(refusing.findings)")
        let bare = try run(
            "on ehlo => 250 \"mx\" offers [AUTH PLAIN LOGIN]\non auth => 535 5.7.8 \"no\"",
            "auth plain u password"
        )
        #expect(bare.reason == "auth.refused")
    }

    @Test("offers STARTTLS until TLS is up")
    func offers() throws {
        let run = try play(
            test: Servers.greeting
                + "expect offers STARTTLS\nstarttls\nehlo a.test\nexpect not offers STARTTLS\n"
                + "expect capabilities[\"SIZE\"] == \"1000\""
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("logs what it hears before it answers")
    func log() throws {
        let run = try run(
            "on noop => drop",
            """
            mail a@b.test
            noop => closed
            expect mx.log count noop == 1
            expect mx.log count mail == 1
            expect mx.log count connect == 1
            expect mx.log count rcpt == 0
            expect "C MAIL FROM:<a@b.test>" in mx.log.lines
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("binds to loopback only, unless its header says anywhere")
    func binding() throws {
        for address in ["0.0.0.0:auto", "198.51.100.7:25", "[::]:auto"] {
            let refused = try play(
                servers: "server mx smtp on \(address) {\n}",
                test: "start mx"
            )
            #expect(refused.verdict == .error, "\(address)")
            #expect(refused.reason == "script.permission")
            #expect(refused.summary.exitCode == 2)
            let allowed = try play(
                servers: "server mx smtp on \(address) anywhere {\n}",
                test: "start mx"
            )
            #expect(allowed.verdict == .pass, "\(allowed.findings)")
        }
    }

    @Test("that cannot bind says so and accuses nobody")
    func taken() throws {
        let run = try play(
            servers: """
                server one smtp on 127.0.0.1:25 {
                }
                server two smtp on 127.0.0.1:25 {
                }
                """,
            test: "start one\nstart two"
        )
        #expect(run.verdict == .error)
        #expect(run.reason == "local.egress")
        #expect(run.summary.exitCode == 3)
        #expect(run.findings.first?.notes.contains { $0.contains("127.0.0.1:auto") } == true)
    }

    @Test("of raw lines has no protocol")
    func lines() throws {
        let run = try play(
            servers: """
                server odd tcp on 127.0.0.1:auto {
                    greet            => raw "* OK ready\\r\\n"
                    on line /STATUS/ => raw "a1 OK 7 messages\\r\\n"
                    on line          => raw "a1 BAD\\r\\n" drop
                }
                """,
            test: """
                start odd
                connect tcp ${odd.address}
                receive line as hello
                expect hello == "* OK ready"
                send a1 STATUS
                receive until /(\\d+) messages\\r\\n/ as answer within 5s
                expect answer matches /^a1 OK/
                send a1 NONSENSE
                receive bytes 6 as bad
                receive line
                receive line => closed
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("survives clients that send nonsense")
    func nonsense() throws {
        let run = try run(
            "on noop => 250",
            """
            connect tcp ${mx.address} as raw
            raw: receive line
            raw: send raw "\\x00\\xff\\xfe\\r\\n"
            raw: receive line
            raw: send raw "${join(split("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a"), "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")}\\r\\n"
            raw: receive line
            """
        )
        #expect(run.results.count == 1)
        #expect(run.verdict != .error, "\(run.findings)")
    }
}
