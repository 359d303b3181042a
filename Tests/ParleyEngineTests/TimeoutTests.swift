import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("A limit of time")
struct TimeoutTests {
    private static let silent = """
        server mx smtp on 127.0.0.1:25 {
            on noop => stall
            on helo => 250 "mx" dribble 1B every 2s
        }
        """
    private static let start = "start mx\nconnect smtp ${mx.address}\nehlo probe.test\n"

    @Test("of a statement gives the protocol's reason, and tells where it was set")
    func ownLimit() throws {
        let run = try play(servers: Self.silent, test: Self.start + "noop within 3s")
        #expect(run.reason == "smtp.reply.timeout")
        #expect(run.stage == "NOOP")
        #expect(run.message == "NOOP: no reply within 3s")
        #expect(run.notes.contains("the limit of 3s was set at t.parley:9"))
        #expect(run.notes.contains("nothing was received while waiting"))
        #expect(run.seconds >= 3 && run.seconds < 3.2)
    }

    @Test("of the reply phase is told as the default that it is")
    func phaseLimit() throws {
        let run = try play(servers: Self.silent, test: Self.start + "noop")
        #expect(run.reason == "smtp.reply.timeout")
        #expect(run.notes.contains("the limit of 30s is that of replies: default"))
        let set = try play(
            servers: "defaults {\n reply = 4s\n}\n" + Self.silent,
            test: Self.start + "noop"
        )
        #expect(set.notes.contains("the limit of 4s is that of replies: set by the script"))
    }

    @Test("around the statement gives time.block, with the stage")
    func blockLimit() throws {
        let run = try play(
            servers: Self.silent,
            test: Self.start + "step \"s\" within 2s {\n noop within 10s\n}"
        )
        #expect(run.reason == "time.block")
        #expect(run.stage == "NOOP")
        #expect(run.message == "NOOP: the block’s limit of 2s passed")
        #expect(run.notes.contains("the limit was set at t.parley:9"))
        #expect(run.seconds < 2.2)
    }

    @Test("of the test gives time.test")
    func testLimit() throws {
        let run = try play(
            Self.silent + "\ntest \"t\" timeout 5s {\n" + Self.start + "noop\n}\n"
        )
        #expect(run.reason == "time.test")
        #expect(run.stage == "NOOP")
        #expect(run.notes.contains("the limit was set by the test’s ‘timeout’"))
        #expect(run.seconds < 5.2)
    }

    @Test("of the run gives time.run, and later tests do not begin")
    func runLimit() throws {
        var options = RunOptions()
        options.timeout = 4_000_000_000
        let run = try play(
            Self.silent + "\ntest \"a\" {\n" + Self.start
                + "noop\n}\ntest \"b\" {\n expect true\n}\n",
            options: options
        )
        #expect(run.reason == "time.run")
        #expect(run.stage == "NOOP")
        #expect(run.results.count == 1)
        #expect(run.summary.exitCode == 1)
        #expect(run.seconds < 4.2)
    }

    @Test("covers the whole reply: octets that drip do not stretch it")
    func dripping() throws {
        let run = try play(servers: Self.silent, test: Self.start + "helo x.test within 5s")
        #expect(run.reason == "smtp.reply.timeout")
        #expect(run.seconds < 5.2)
        #expect(run.notes.contains("received so far, 3 octets: \"250\""))
    }

    @Test("of connect covers everything up to the greeting")
    func connectLimit() throws {
        let hole = SimulatedNetworks.faulty(.init(connecting: .blackHole))
        let run = try play(test: "start mx\nconnect smtp ${mx.address} within 2s", on: hole)
        #expect(run.reason == "net.timeout")
        #expect(run.stage == "connect")
        #expect(run.seconds < 2.1)

        let mute = "server mx smtp on 127.0.0.1:25 {\n greet => stall\n}"
        let late = try play(servers: mute, test: "start mx\nconnect smtp ${mx.address} within 2s")
        #expect(late.reason == "smtp.banner.timeout")
        #expect(late.stage == "banner")
        #expect(late.message == "banner: no greeting within 2s")
        #expect(late.seconds < 2.1)
    }

    @Test("of connecting and of the greeting has a default of its own")
    func connectPhases() throws {
        let hole = SimulatedNetworks.faulty(.init(connecting: .blackHole))
        let run = try play(test: "start mx\nconnect smtp ${mx.address}", on: hole)
        #expect(run.reason == "net.timeout")
        #expect(run.notes.contains("the limit of 10s is that of connecting: default"))
        let mute = "server mx smtp on 127.0.0.1:25 {\n greet => stall\n}"
        let late = try play(servers: mute, test: "start mx\nconnect smtp ${mx.address}")
        #expect(late.notes.contains("the limit of 30s is that of greetings: default"))
    }

    @Test("of the handshake is told as the handshake's")
    func handshakeLimit() throws {
        let mute = """
            server mx smtp on 127.0.0.1:25 {
                on ehlo     => 250 "mx" offers [STARTTLS]
                on starttls => 220 "go" stall
            }
            """
        let own = try play(servers: mute, test: Self.start + "starttls within 3s")
        #expect(own.reason == "tls.handshake.timeout")
        #expect(own.stage == "TLS handshake")
        #expect(own.message == "TLS handshake: the handshake did not end within 3s")
        let long = try play(servers: mute, test: Self.start + "starttls within 20s")
        #expect(long.message == "TLS handshake: the handshake did not end within 20s")
        #expect(long.seconds > 20 && long.seconds < 20.5)
        let late = try play(
            servers: mute.replacing("220 \"go\"", with: "220 \"go\" after 2s"),
            test: Self.start + "starttls within 3s"
        )
        #expect(late.stage == "TLS handshake", "the wait for the 220 and the handshake share it")
        #expect(late.seconds > 3 && late.seconds < 3.5)
        let phase = try play(servers: mute, test: Self.start + "starttls")
        #expect(phase.reason == "tls.handshake.timeout")
        #expect(phase.message == "TLS handshake: the handshake did not end within 10s")
        #expect(phase.notes.contains("the limit of 10s is that of TLS handshakes: default"))
        #expect(phase.seconds < 10.5)
        let outer = try play(
            servers: mute,
            test: Self.start + "step \"s\" within 1s {\n starttls\n}"
        )
        #expect(outer.reason == "time.block")
        #expect(outer.stage == "TLS handshake")
    }

    @Test("that the script expects is no failure, and leaves a reply owing")
    func expectedTimeout() throws {
        let run = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n on noop => 250 \"late\" after 5s\n}",
            test: Self.start + "noop => timeout within 1s\nreceive reply as r within 10s\n"
                + "expect r.text == \"late\"\nquit"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let hasty = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n on noop => 250 \"late\" after 5s\n}",
            test: Self.start + "noop => timeout within 1s\nrset"
        )
        #expect(hasty.reason == "smtp.out-of-turn")
        #expect(hasty.stage == "RSET")
        #expect(!hasty.sent.contains("QUIT"), "a reply is owing: there is nothing polite to say")
    }

    @Test("that is an outer one is never an expected timeout")
    func outerIsNotExpected() throws {
        let run = try play(
            servers: Self.silent,
            test: Self.start + "step \"s\" within 1s {\n noop => timeout within 5s\n}"
        )
        #expect(run.reason == "time.block")
    }

    @Test("ends an endless computation")
    func computation() throws {
        let run = try play(
            """
            test "t" timeout 1s {
                for n in range(1, 9000000000) {
                    pause 100ms
                }
            }
            """
        )
        #expect(run.reason == "time.test")
        #expect(run.seconds < 1.01)
    }

    @Test("of eventually reports the last round and the count")
    func eventually() throws {
        let run = try play(
            test: Servers.greeting + """
                eventually within 5s every 1s {
                    expect mx.log count noop == 3
                }
                """
        )
        #expect(run.verdict == .fail)
        #expect(run.reason == "assert.value")
        #expect(run.seconds <= 5.2)
        #expect(run.notes.contains("round"))
    }
}
