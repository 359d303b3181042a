import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("The rules of a scripted server")
struct ServerStateTests {
    @Test("depend on TLS and on the login, once both are over")
    func states() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:auto name mx.test {
                    user tester sesame
                    on ehlo before tls => 250 "mx.test" offers [STARTTLS, SIZE 1000]
                    on ehlo after tls  => 250 "mx.test" offers [AUTH PLAIN, SIZE 2000]
                    on mail before auth => 530 5.7.0 "Log in first"
                }
                """,
            test: """
                start mx
                connect smtp ${mx.address} name mx.test
                ehlo probe.test
                expect offers SIZE == 1000B
                expect not offers AUTH
                mail a@b.test => 530 5.7.0
                starttls
                ehlo probe.test
                expect offers SIZE == 2000B
                mail a@b.test => 530
                auth plain tester sesame => 235
                mail a@b.test => 250
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("are those of the connection, where a block says so")
    func connections() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:auto {
                    connection 1 {
                        greet   => 421 4.3.2 "Come back later"
                    }
                    connection 2..3 {
                        on noop first => 252
                        on noop       => 253
                    }
                    connection 3.. {
                        on rset => 254
                    }
                    on noop => 250
                }
                """,
            test: """
                start mx
                connect smtp ${mx.address} as a => 421
                connect smtp ${mx.address} as b
                b: noop => 252
                b: noop => 253
                b: rset => 250
                connect smtp ${mx.address} as c
                c: noop => 253
                c: rset => 254
                connect smtp ${mx.address} as d
                d: noop => 250
                d: rset => 254
                expect mx.log.connections.count == 4
                expect mx.log.connections[1].verbs == ["connect", "noop", "noop", "rset"]
                expect mx.log.connections[2].last == "RSET"
                expect mx.log count connect == 4
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("turn away whoever is one too many, and take the next when there is room")
    func most() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:auto {
                    greet => 220 "mx.test"
                    at most 2 connections => 421 4.7.0 "Too many connections"
                }
                """,
            test: """
                start mx
                connect smtp ${mx.address} as a
                connect smtp ${mx.address} as b
                connect smtp ${mx.address} as c => 421 4.7.0
                a: quit
                eventually within 5s every 100ms {
                    connect smtp ${mx.address} as d => 220
                }
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("leave every known verb of SMTP a polite answer")
    func verbs() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:auto name mx.test {
                    on etrn /secret/ => 458 "No"
                }
                """,
            test: """
                start mx
                connect smtp ${mx.address}
                ehlo probe.test
                send EXPN list                => 252
                send ETRN example.org         => 250
                send ETRN secret.example.org  => 458
                send XFORWARD NAME=x          => 250
                send XCLIENT ADDR=192.0.2.1   => 220
                send "PROXY TCP4 192.0.2.1 192.0.2.2 1 2"
                send TURN                     => 502
                send raw "MAIL FROM:<a@b.test>\\r\\n"
                receive reply                 => 250
                send raw "BDAT 5\\r\\nhelloBDAT 7 LAST\\r\\n world!NOOP\\r\\n"
                receive reply                 => 250 matching /5 octets/
                receive reply                 => 250 matching /7 octets/
                receive reply                 => 250
                send BDAT x                   => 501
                expect mx.log count bdat == 3
                expect mx.log count body == 1
                expect mx.log.last == "BDAT x"
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("see a message that came in chunks as a whole, and each chunk")
    func chunks() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:auto {
                    on bdat /virus/      => 554 5.7.1 "No"
                    on body /^one two$/  => 250 2.0.0 "whole"
                }
                """,
            test: """
                start mx
                connect smtp ${mx.address}
                ehlo probe.test
                mail a@b.test
                rcpt b@b.test
                send raw "BDAT 4\\r\\none BDAT 3 LAST\\r\\ntwo"
                receive reply => 250
                receive reply => 250 matching /whole/
                send raw "BDAT 5\\r\\nvirus"
                receive reply => 554 5.7.1
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("answer in LMTP for each recipient behind the dot")
    func lmtp() throws {
        let run = try play(
            servers: """
                server store lmtp on 127.0.0.1:auto name store.test {
                    on lhlo => 250 "store.test" offers [PIPELINING]
                    on rcpt /^nobody@/ => 550 5.1.1
                    on recipient /^full@/ => 452 4.2.2 "Over quota"
                }
                """,
            test: """
                start store
                connect tcp ${store.address} as raw
                raw: receive line as greeting
                expect greeting contains "LMTP"
                raw: send EHLO x
                raw: receive line as refused
                expect refused starts "500"
                raw: send raw "LHLO x\\r\\nMAIL FROM:<a@b.test>\\r\\n"
                raw: receive until /250 PIPELINING\\r\\n.*\\r\\n/
                raw: send raw "RCPT TO:<one@b.test>\\r\\nRCPT TO:<nobody@b.test>\\r\\nRCPT TO:<full@b.test>\\r\\nDATA\\r\\n"
                raw: receive until /354.*\\r\\n/
                raw: send raw "hi\\r\\n.\\r\\n"
                raw: receive line as first
                raw: receive line as second
                expect first contains "one@b.test"
                expect first starts "250"
                expect second starts "452 4.2.2"
                raw: send raw "DATA\\r\\n.\\r\\n"
                raw: receive line
                raw: receive line as nobody
                expect nobody starts "503"
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    private static let store = """
        server store lmtp on 127.0.0.1:24 name store.test {
            on lhlo                => 250 "store.test" offers [PIPELINING, CHUNKING]
            on recipient /^full@/  => 452 4.2.2 "Over quota"
        }
        """

    private static let delivery = """
        start store
        connect lmtp ${store.address} => 220
        lhlo probe.test
        mail a@b.test
        rcpt one@b.test
        rcpt full@b.test

        """

    @Test("answer a `body` in LMTP for each recipient, which the client judges one by one")
    func lmtpBody() throws {
        let run = try play(
            servers: Self.store,
            test: Self.delivery + """
                data
                body "Subject: a\\n\\n.b\\n" => 250 or 452 4.2.2 as stored
                expect stored.replies.count == 2
                expect stored.replies[0].code == 250
                expect stored.replies[1].recipient default "" == "full@b.test"
                mail again@b.test => 250
                quit
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.sent.contains("..b"))
        let strict = try play(
            servers: Self.store,
            test: Self.delivery + "data\nbody \"Subject: a\" => 250"
        )
        #expect(strict.reason == "lmtp.reply")
        #expect(strict.message?.contains("for <full@b.test>") == true, "\(strict.findings)")
    }

    @Test("answer the last chunk in LMTP for each recipient, by `bdat` and by hand")
    func lmtpChunks() throws {
        let byHand = [
            "bdat \"hello\" last => 250 or 452 as stored",
            "send raw \"BDAT 5 LAST\\r\\nhello\"\nreceive reply => 250 or 452 as stored",
            "send \"BDAT 5 LAST\"\nsend raw \"he\\nlo\"\n"
                + "receive reply => 250 or 452 as stored",
        ]
        for statements in byHand {
            let run = try play(
                servers: Self.store,
                test: Self.delivery + statements + """

                    expect stored.replies.count == 2
                    expect stored.replies[1].recipient default "" == "full@b.test"
                    noop => 250
                    mail again@b.test => 250
                    quit
                    """
            )
            #expect(run.verdict == .pass, "\(statements): \(run.findings)")
        }
    }
}
