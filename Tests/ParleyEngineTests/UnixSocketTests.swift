import Foundation
import ParleyEngine
import ParleyMachine
import ParleyNetwork
import Testing

@Suite("On real sockets: unix sockets and proxies", .timeLimit(.minutes(1)))
struct UnixSocketTests {
    private func run(
        _ text: String,
        on network: SystemNetwork = SystemNetwork()
    ) async throws -> Outcome {
        let script = try compile(text)
        let sink = RecordingSink()
        let summary = await Runner(network: network, sink: sink, options: RunOptions())
            .run([script])
        await network.shutDown()
        return Outcome(events: sink.events, summary: summary)
    }

    @Test("a scripted server on a unix socket is spoken to like any other")
    func unix() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path + "/mx.sock"
        let run = try await run(
            """
            server mx smtp on unix:\(path) name mx.test {
                on ehlo => 250 "mx.test" offers [STARTTLS, AUTH PLAIN]
            }
            test "t" timeout 20s {
                start mx
                connect smtp ${mx.address} name mx.test as box
                log "${box.peer}"
                box: ehlo probe.test
                box: auth plain tour wonderland
                box: quit
                stop mx
                connect smtp unix:\(path) => refused
            }
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.logged == ["unix:\(path)"])
    }

    @Test("what a unix socket cannot be is said plainly")
    func unixFailures() async throws {
        let folder = try TemporaryFolder()
        let file = folder.url.path + "/plain"
        try Data().write(to: URL(filePath: file))
        for (path, reason, words) in [
            (folder.url.path + "/none", "net.refused", "nobody listens on the unix socket"),
            (file, "net.refused", "nobody listens on the unix socket"),
        ] {
            let run = try await run("test \"t\" {\nconnect smtp unix:\(path)\n}")
            #expect(run.reason == reason)
            #expect(run.message?.contains(words) == true, "\(run.findings)")
        }
    }

    @Test("one that this user may not connect to is this machine's, and says what to do")
    func permission() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path + "/closed.sock"
        let network = SystemNetwork(loopCount: 1)
        let loop = try #require(network.loops.first)
        let listener: UncheckedBox<any Listener> = try await withCheckedThrowingContinuation {
            continuation in
            loop.submit {
                continuation.resume(
                    with: Result {
                        UncheckedBox(try loop.listen(on: .unix(path)) { _ in SilentHandler() })
                    }
                )
                // Nobody forbids root anything; its thread becomes another for the file system.
                let symbol = dlsym(nil, "setfsuid")
                typealias Setter = @convention(c) (uid_t) -> Int32
                if geteuid() == 0, let symbol {
                    _ = unsafeBitCast(symbol, to: Setter.self)(65_534)
                }
            }
        }
        chmod(path, 0)
        let run = try await run("test \"t\" {\nconnect smtp unix:\(path)\n}", on: network)
        #expect(run.reason == "local.permission", "\(run.findings)")
        #expect(run.summary.exitCode == 3)
        #expect(run.notes.contains("a unix socket must be writable"), "\(run.notes)")
        withExtendedLifetime(listener) {}
    }

    @Test("SOCKS and HTTP proxies of loopback lead to a server and its TLS")
    func proxies() async throws {
        let loopback = IPAddress(v4: 0x7F00_0001)
        let network = SystemNetwork()
        let loop = try #require(network.loops.first)
        let server = Servers.polite.replacing("127.0.0.1:25", with: "127.0.0.1:auto")
        // The proxies go wherever they are asked to: to the address in the request.
        let proxies: ProxyPair = try await withCheckedThrowingContinuation { continuation in
            loop.submit {
                continuation.resume(
                    with: Result {
                        ProxyPair(
                            socks: try FakeProxy(loop, on: .address(loopback, port: 0)) {
                                heard,
                                step in
                                if step == 0 { return heard.count >= 3 ? .say([5, 0]) : .wait }
                                guard heard.count >= 10 else { return .wait }
                                let port = UInt16(heard[8]) << 8 | UInt16(heard[9])
                                return .tunnel(
                                    [5, 0, 0, 1, 0, 0, 0, 0, 0, 0],
                                    to: .address(loopback, port: port)
                                )
                            },
                            http: try FakeProxy(loop, on: .address(loopback, port: 0)) { heard, _ in
                                guard heard.suffix(4).elementsEqual("\r\n\r\n".utf8) else {
                                    return .wait
                                }
                                let words = String(decoding: heard, as: UTF8.self).split(
                                    separator: " "
                                )
                                guard let target = try? Endpoint(parsing: String(words[1])) else {
                                    return .hangUp
                                }
                                return .tunnel(Array("HTTP/1.1 200 OK\r\n\r\n".utf8), to: target)
                            }
                        )
                    }
                )
            }
        }
        let run = try await run(
            """
            \(server)
            test "t" timeout 20s {
                start mx
                for proxy in ["socks5://\(proxies.socksAddress)", "http://\(proxies.httpAddress)"] {
                    connect smtp ${mx.address} name mx.test via ${proxy}
                    ehlo probe.test
                    starttls
                    ehlo probe.test
                    auth plain tour wonderland
                    quit
                }
            }
            """,
            on: network
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }
}

/// Two proxies, which live on their loop.
private struct ProxyPair: @unchecked Sendable {
    let socks: FakeProxy
    let http: FakeProxy

    var socksAddress: String { "\(socks.listener.endpoint)" }
    var httpAddress: String { "\(http.listener.endpoint)" }
}

/// Carries what lives on a loop.
private struct UncheckedBox<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}

/// Hears everything and says nothing.
private final class SilentHandler: TransportHandler {
    func transportConnected(_ transport: any Transport) {}
    func transportReceived(_ bytes: UnsafeRawBufferPointer) {}
    func transportInputEnded() {}
    func transportClosed(_ error: TransportError?) {}
}
