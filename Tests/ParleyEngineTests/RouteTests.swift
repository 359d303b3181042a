import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleyTesting
import Testing

@Suite("The way to a server")
struct RouteTests {
    private static let socks = Endpoint.address(IPAddress(v4: 0x7F00_0001), port: 1080)
    private static let far = Endpoint.address(IPAddress(v4: 0xC000_0201), port: 1080)

    private func throughSocks(
        _ statements: String,
        on network: SimulatedNetwork = SimulatedNetwork(seed: 1)
    ) throws -> Outcome {
        let proxy = try FakeProxy.socks(network.loop, on: Self.socks, to: Servers.address)
        let run = try play(test: statements, on: network)
        withExtendedLifetime(proxy) {}
        return run
    }

    /// What comes of a connection through a proxy that answers so.
    private func through(
        _ scheme: String = "socks5",
        _ clauses: String = "",
        at endpoint: Endpoint = socks,
        prelude: String = "",
        segments: NetworkFault.Segments = .asWritten,
        _ answer: @escaping ([UInt8], Int) -> FakeProxy.Answer
    ) throws -> (run: Outcome, heard: [[UInt8]]) {
        let network = SimulatedNetwork(seed: 1)
        network.setFault(NetworkFault(segments: segments), for: endpoint)
        let proxy = try FakeProxy(network.loop, on: endpoint, answer)
        let run = try play(
            prelude + "\ntest \"t\" timeout 60s {\n"
                + "connect smtp mx.example.org:25 via \(scheme)://\(endpoint) \(clauses)\n}\n",
            on: network
        )
        return (run, proxy.heard)
    }

    // MARK: - Proxies

    @Test("leads through SOCKS, TLS and all, and the peer is the server")
    func tunnel() throws {
        let run = try throughSocks(
            """
            start mx
            connect smtp mx.test:25 via socks5://127.0.0.1:1080 as box
            log "${box.peer}"
            box: ehlo probe.test
            box: quit
            connect smtp 127.0.0.1:25 name mx.test via socks5://127.0.0.1:1080
            ehlo probe.test
            starttls
            ehlo probe.test
            quit
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.logged == ["mx.test:25"])
        let ways = run.events.compactMap { event in
            if case .routed(_, let way) = event.kind { way } else { nil }
        }
        #expect(ways.first == "through socks5://127.0.0.1:1080 to mx.test:25")
    }

    @Test("is found byte by byte, and a greeting in the proxy's last segment is not lost")
    func greetingBehindReply() throws {
        for segments in [NetworkFault.Segments.asWritten, .singleBytes, .coalesced] {
            let (run, heard) = try through(segments: segments) { heard, step in
                switch step {
                case 0: heard.count >= 3 ? .say([5, 0]) : .wait
                case 1:
                    heard.count >= 21
                        ? .say([5, 0, 0, 1, 0, 0, 0, 0, 0, 0] + Array("220 mx ESMTP\r\n".utf8))
                        : .wait
                default: .say(Array("221 bye\r\n".utf8))
                }
            }
            #expect(run.verdict == .pass, "\(segments) \(run.findings)")
            #expect(heard[1].suffix(2) == [0, 25])
        }
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        var scheme: String
        var answers: [[UInt8]]
        var reason: String
        var words: String
        var testDescription: String { "\(scheme) \(words)" }
    }

    private static func http(_ status: String) -> [UInt8] {
        Array("HTTP/1.1 \(status)\r\n\r\n".utf8)
    }

    @Test(
        "tells a proxy's refusal from the server's",
        arguments: [
            Refusal(
                scheme: "socks5",
                answers: [[5, 0xFF]],
                reason: "local.proxy.authentication",
                words: "neither user nor password"
            ),
            Refusal(
                scheme: "socks5",
                answers: [[5, 0], [5, 2, 0, 1, 0, 0, 0, 0, 0, 0]],
                reason: "local.proxy.refused",
                words: "by its rules"
            ),
            Refusal(
                scheme: "socks5",
                answers: [[5, 0], [5, 5, 0, 1, 0, 0, 0, 0, 0, 0]],
                reason: "net.proxy",
                words: "was refused by the server (reply 5)"
            ),
            Refusal(
                scheme: "socks5",
                answers: [Array("220 mx ESMTP\r\n".utf8)],
                reason: "local.proxy.protocol",
                words: "does not speak SOCKS5"
            ),
            Refusal(
                scheme: "http",
                answers: [http("407 Who are you")],
                reason: "local.proxy.authentication",
                words: "(407)"
            ),
            Refusal(
                scheme: "http",
                answers: [http("403 Forbidden")],
                reason: "local.proxy.refused",
                words: "(403 Forbidden)"
            ),
            Refusal(
                scheme: "http",
                answers: [http("502 Bad Gateway")],
                reason: "net.proxy",
                words: "could not connect to the server"
            ),
            Refusal(
                scheme: "http",
                answers: [[UInt8](repeating: 0x41, count: 65_536)],
                reason: "local.proxy.protocol",
                words: "does not speak HTTP"
            ),
            Refusal(
                scheme: "http",
                answers: [],
                reason: "local.proxy.lost",
                words: "before the way to the server was open"
            ),
        ]
    )
    func refusals(_ refusal: Refusal) throws {
        let (run, _) = try through(refusal.scheme, "=> closed or refused or timeout") {
            heard,
            step in
            let isWhole =
                refusal.scheme == "http"
                ? heard.suffix(4).elementsEqual("\r\n\r\n".utf8) : heard.count >= 3
            guard isWhole else { return .wait }
            return step < refusal.answers.count ? .say(refusal.answers[step]) : .hangUp
        }
        #expect(run.reason == refusal.reason)
        #expect(run.stage == "proxy")
        let text = "\(run.message ?? "") \(run.notes)"
        #expect(text.contains(refusal.words), "\(text)")
        #expect(run.verdict == (refusal.reason == "net.proxy" ? .fail : .error))
    }

    @Test("a proxy that is not there, or silent, is not the server")
    func deadProxy() throws {
        for (fault, reason) in [
            (NetworkFault.Connecting.refuse, "local.proxy.unreachable"),
            (.unreachable, "local.proxy.unreachable"), (.blackHole, "local.proxy.timeout"),
        ] {
            let network = SimulatedNetwork(seed: 1)
            network.setFault(NetworkFault(connecting: fault), for: Self.socks)
            let run = try play(
                test: "connect smtp mx.test:25 via socks5://127.0.0.1:1080 => refused or timeout",
                on: network
            )
            #expect(run.reason == reason, "\(run.findings)")
            #expect(run.message?.contains("socks5://127.0.0.1:1080") == true)
        }
        let (run, _) = try through { _, _ in .wait }
        #expect(run.reason == "local.proxy.timeout")
        #expect(run.message?.contains("did not open the way") == true)
    }

    @Test("a limit around the statement is still told as that")
    func outerLimit() throws {
        let network = SimulatedNetwork(seed: 1)
        let proxy = try FakeProxy(network.loop, on: Self.socks) { _, _ in .wait }
        let run = try play(
            "test \"t\" timeout 2s {\nconnect smtp a.test via socks5://127.0.0.1:1080\n}",
            on: network
        )
        #expect(run.reason == "time.test", "\(run.findings)")
        withExtendedLifetime(proxy) {}
    }

    @Test("the password goes to the proxy and nowhere else")
    func password() throws {
        var options = RunOptions()
        options.environment = ["PASS": "open sesame"]
        for (scheme, echo) in [("socks5", [UInt8]()), ("http", Array("HTTP/1.1 407 ".utf8))] {
            let network = SimulatedNetwork(seed: 1)
            let proxy = try FakeProxy(network.loop, on: Self.socks) { heard, step in
                if scheme == "socks5" {
                    return step == 0 ? .say([5, 2]) : .say([1, 1])
                }
                // A hostile proxy says what it was told.
                return .say(echo + heard.dropLast(4).suffix(60) + Array("\r\n\r\n".utf8))
            }
            let run = try play(
                """
                secret pass = env PASS
                test "t" timeout 60s {
                    connect smtp mx.test:25 via \(scheme)://127.0.0.1:1080 user Aladdin password ${pass}
                }
                """,
                on: network,
                options: options
            )
            #expect(run.reason == "local.proxy.authentication", "\(run.findings)")
            let told = proxy.heard.joined()
            let wanted =
                scheme == "socks5" ? "open sesame" : "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
            #expect(Leaks.contains(Array(told), Array(wanted.utf8)))
            #expect(Leaks.find("open sesame", in: run) == [])
            #expect(Leaks.find("QWxhZGRpbjpvcGVuIHNlc2FtZQ==", in: run) == [])
        }
    }

    @Test("a password in clear leaves loopback only where the script says so")
    func clear() throws {
        let prelude = "param pass = hunter22"
        let login = "user u password ${pass}"
        let (run, heard) = try through("socks5", login, at: Self.far, prelude: prelude) { _, _ in
            .say([5, 2])
        }
        #expect(run.reason == "auth.clear", "\(run.findings)")
        #expect(heard.isEmpty)
        let (allowed, told) = try through(
            "socks5",
            login + " in clear",
            at: Self.far,
            prelude: prelude
        ) { _, step in step == 0 ? .say([5, 2]) : .say([1, 1]) }
        #expect(allowed.reason == "local.proxy.authentication")
        #expect(told.count == 2)
    }

    // MARK: - The PROXY protocol

    @Test("the PROXY header goes first, with the connection's own addresses or others")
    func header() throws {
        for (clauses, line) in [
            ("proxy v1", #"^PROXY TCP4 127\.0\.0\.1 127\.0\.0\.1 \d+ 25$"#),
            ("proxy v1 unknown", "^PROXY UNKNOWN$"),
            (
                "proxy v1 client 192.0.2.1:4711 server 198.51.100.7:587",
                #"^PROXY TCP4 192\.0\.2\.1 198\.51\.100\.7 4711 587$"#
            ),
            (
                "proxy v1 client [2001:db8::1]:4711 server [2001:db8::2]:25",
                "^PROXY TCP6 2001:db8::1 2001:db8::2 4711 25$"
            ),
        ] {
            let run = try play(
                servers: """
                    server mx tcp on 127.0.0.1:25 {
                        on line /\(line)/ => raw "220 mx.test ESMTP\\r\\n"
                        on line           => raw "221 bye\\r\\n"
                    }
                    """,
                test: "start mx\nconnect smtp ${mx.address} \(clauses)\nquit"
            )
            #expect(run.verdict == .pass, "\(clauses): \(run.findings)")
        }
    }

    @Test("version 2 precedes TLS")
    func beforeTLS() throws {
        let network = SimulatedNetwork(seed: 1)
        let server = try FakeProxy(network.loop, on: Self.socks) { heard, _ in
            heard.count >= 60 ? .hangUp : .wait
        }
        let run = try play(
            test: """
                let name = "192.0.2.1"
                connect smtps 127.0.0.1:1080 proxy v2 client ${name}:7 authority mx.test
                """,
            on: network
        )
        #expect(run.reason?.hasPrefix("local.") == false)
        let heard = try #require(server.heard.first)
        #expect(heard.starts(with: Array("\r\n\r\n\0\r\nQUIT\n".utf8) + [0x21, 0x11, 0, 12 + 10]))
        #expect(heard[16..<20] == [192, 0, 2, 1])
        #expect(heard[20..<24] == [127, 0, 0, 1])
        #expect(heard[24..<28] == [0, 7, 0x04, 0x38])
        // A TLS handshake record follows.
        #expect(heard[38] == 0x16)
        let ways = run.events.compactMap { event in
            if case .routed(_, let way) = event.kind { way } else { nil }
        }
        #expect(ways == ["PROXY v2 TCP4 192.0.2.1:7 to 127.0.0.1:1080, authority mx.test"])
    }

    @Test("addresses of two families are the script's mistake, at run time, too")
    func families() throws {
        let run = try play(
            test: """
                start mx
                let client = "[2001:db8::1]:7"
                connect smtp ${mx.address} proxy v1 client ${client}
                """
        )
        #expect(run.reason == "script.value")
        #expect(run.message?.contains("of one family") == true)
    }
}
